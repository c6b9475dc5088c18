import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type ReasonOptions, type RecordRead } from './record-read.ts';
import type { Problem, Programme } from './records.ts';
import { type ManyOptions, type RowVerdict, sendRows } from './register-many.ts';
import { type ExternalId, upsertProgramme } from './upsert-programme.ts';

/** Standing work. */
export class Programmes {
  private ownActor: Promise<string | null> | undefined;

  constructor(private readonly calls: Calls) {}

  /** By name unless ordered otherwise. */
  list(options: ListOptions<documents.ProgrammeFilter, documents.ProgrammeOrder> = {}): Pages<Programme> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListProgrammes, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Programme | null> {
    const { node } = await this.calls.read(documents.GetProgramme, { id }, options);
    return node?.__typename === 'Programme' ? node : null;
  }

  /** Registers standing work of an actor; a name is enough. @throws {ConcordProblemError} */
  register(input: documents.RegisterProgrammeInput, options?: CallOptions): Promise<Programme> {
    return accepted(this.tryRegister(input, options));
  }

  /** Like `register`, with a problem as an answer. */
  tryRegister(input: documents.RegisterProgrammeInput, options?: CallOptions): Promise<Programme | Problem> {
    return this.calls.create(documents.RegisterProgramme, input, options);
  }

  /**
   * Registers many programmes, a few at a time, and answers a verdict for each row, in their order: one bad row stops no other.
   * Rows are drawn as they are sent, so they may come from a file that does not fit into memory.
   */
  registerMany(
    rows: Iterable<documents.RegisterProgrammeInput> | AsyncIterable<documents.RegisterProgrammeInput>,
    options: ManyOptions = {},
  ): Promise<RowVerdict[]> {
    const { signal, upsert = false } = options;
    const send = (row: documents.RegisterProgrammeInput): Promise<Programme | Problem> =>
      upsert && row.identifier
        ? this.tryUpsertByExternalId(row.identifier, row, { signal })
        : this.tryRegister(row, { signal });
    return sendRows(rows, { newKey: this.calls.surroundings.newKey, send }, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseProgrammeInput, options?: CallOptions): Promise<Programme> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseProgrammeInput, options?: CallOptions): Promise<Programme | Problem> {
    return this.calls.change(documents.ReviseProgramme, input, options);
  }

  /**
   * Makes the programme that you know by a code of your own what `fields` say: registers it where there is none, revises it
   * where there is, whatever others changed meanwhile. However often it is called, there is one. @throws {ConcordProblemError}
   */
  upsertByExternalId(
    identifier: ExternalId,
    fields: Omit<documents.RegisterProgrammeInput, 'identifier'>,
    options?: CallOptions,
  ): Promise<Programme> {
    return accepted(this.tryUpsertByExternalId(identifier, fields, options));
  }

  /** Like `upsertByExternalId`, with a problem as an answer. */
  async tryUpsertByExternalId(
    identifier: ExternalId,
    fields: Omit<documents.RegisterProgrammeInput, 'identifier'>,
    options?: CallOptions,
  ): Promise<Programme | Problem> {
    const owner = fields.owner ?? (await this.actorOfViewer());
    return upsertProgramme(this.calls, owner, { ...fields, identifier }, options);
  }

  /** Takes a programme back for good and cancels the campaigns inside it. @throws {ConcordProblemError} */
  withdraw(programme: RecordRead, options?: ReasonOptions): Promise<Programme> {
    return accepted(this.tryWithdraw(programme, options));
  }

  /** Like `withdraw`, with a problem as an answer. */
  tryWithdraw(programme: RecordRead, { reason, ...options }: ReasonOptions = {}): Promise<Programme | Problem> {
    return this.calls.change(documents.WithdrawProgramme, { ...asRead(programme), reason: reason ?? null }, options);
  }

  /** Whom the key acts for; asked once, as that does not change. */
  private actorOfViewer(): Promise<string | null> {
    this.ownActor ??= this.calls
      .read(documents.Viewer, {})
      .then(({ viewer }) => viewer.actor?.id ?? null)
      .catch((error: unknown) => {
        this.ownActor = undefined;
        throw error;
      });
    return this.ownActor;
  }
}
