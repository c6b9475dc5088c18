import { accepted, type CallOptions, type Calls } from './calls.ts';
import { ConcordTransportError } from './errors.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { ImportItem, ImportRun, Problem } from './records.ts';
import { withRetries } from './retry.ts';
import { sendFile } from './transport.ts';
import { watch, type WatchOptions } from './watch.ts';

/** A file to import. */
export interface ImportFile {
  /** As people know it. */
  readonly name: string;
  readonly content: Blob | Uint8Array<ArrayBuffer>;
}

/** What to say of a file beside the file itself. */
export interface ImportSettings {
  /** The days of rows that state none, both included. */
  readonly period?: { readonly start: string; readonly end: string } | undefined;
  /** Where places lie that are named without a country: ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** How to understand its columns. */
  readonly mapping?: Readonly<Record<string, unknown>> | undefined;
  /** Coordinators: vouch for the organisations whose records it brings. */
  readonly vouch?: boolean | undefined;
  /** Whom names mean, where it is not clear. */
  readonly names?: readonly documents.ImportNameInput[] | undefined;
}

/** How to wait for work that is under way. */
export interface SettleOptions extends CallOptions {
  /** Told whenever it was looked at. */
  readonly onProgress?: ((run: ImportRun) => void) | undefined;
}

const UNDER_WAY: readonly documents.ImportState[] = ['READING', 'APPLYING', 'ROLLING_BACK'];
const FIRST_LOOK_MS = 100;
const LATER_LOOKS_MS = 1_000;

/**
 * Files that you send, and what becomes of them.
 *
 * @example
 * const run = await hub.imports.settled(await hub.imports.start({ name: 'plan.xml', content }));
 * if (run.state === 'READY') await hub.imports.settled(await hub.imports.apply(run));
 */
export class Imports {
  constructor(private readonly calls: Calls) {}

  /**
   * Sends a file and has it read; nothing is written before `apply`. @returns the import, READING
   * @throws {ConcordTransportError} when the hub does not take the file, {ConcordProblemError} when it does not take the settings
   */
  async start(
    { name, content }: ImportFile,
    { signal, ...settings }: ImportSettings & CallOptions = {},
  ): Promise<ImportRun> {
    const { settings: access, surroundings } = this.calls;
    const isPlain = Object.values(settings).every((setting) => setting === undefined);
    const key = surroundings.newKey();
    const path = `/imports?name=${encodeURIComponent(name)}${isPlain ? '' : '&read=no'}`;
    const id = await withRetries(surroundings, { retries: access.retries, signal }, () =>
      sendFile(surroundings, access, path, { content, key, timeoutMs: access.timeoutMs, signal }),
    );
    const run = await this.get(id, { signal });
    if (run === null) throw new ConcordTransportError(`The hub took the file as ${id}, and does not find it.`);
    return isPlain ? run : this.plan(run, settings, { signal });
  }

  /** Has a file read anew, in the light of what you say of it. @throws {ConcordProblemError} */
  plan(
    run: Pick<ImportRun, 'id' | 'version'>,
    settings: ImportSettings = {},
    options?: CallOptions,
  ): Promise<ImportRun> {
    return accepted(this.tryPlan(run, settings, options));
  }

  /** Like `plan`, with a problem as an answer. */
  tryPlan(
    run: Pick<ImportRun, 'id' | 'version'>,
    settings: ImportSettings = {},
    options?: CallOptions,
  ): Promise<ImportRun | Problem> {
    const { period, country, mapping, vouch, names } = settings;
    const input: documents.PlanImportInput = {
      id: run.id,
      expectedVersion: run.version,
      period: period ?? null,
      country: country ?? null,
      mapping: mapping === undefined ? null : JSON.stringify(mapping),
      vouch: vouch ?? null,
      names: names === undefined ? null : [...names],
    };
    return this.calls.change(documents.PlanImport, input, options);
  }

  /** Has a file that is READY written, all of it or nothing. @returns the import, APPLYING @throws {ConcordProblemError} */
  apply(run: Pick<ImportRun, 'id' | 'version'>, options?: CallOptions): Promise<ImportRun> {
    return accepted(this.tryApply(run, options));
  }

  /** Like `apply`, with a problem as an answer. */
  tryApply({ id, version }: Pick<ImportRun, 'id' | 'version'>, options?: CallOptions): Promise<ImportRun | Problem> {
    return this.calls.change(documents.ApplyImport, { id, expectedVersion: version }, options);
  }

  /** Has an import that is APPLIED taken back. @returns the import, ROLLING_BACK @throws {ConcordProblemError} */
  rollBack(run: Pick<ImportRun, 'id' | 'version'>, options?: CallOptions): Promise<ImportRun> {
    return accepted(this.tryRollBack(run, options));
  }

  /** Like `rollBack`, with a problem as an answer. */
  tryRollBack({ id, version }: Pick<ImportRun, 'id' | 'version'>, options?: CallOptions): Promise<ImportRun | Problem> {
    return this.calls.change(documents.RollBackImport, { id, expectedVersion: version }, options);
  }

  /** Null: there is none, or it is not yours. */
  async get(id: string, options?: CallOptions): Promise<ImportRun | null> {
    return (await this.calls.read(documents.GetImport, { id }, options)).run;
  }

  /** The latest first. */
  list(options: ListOptions<documents.ImportRunFilter, documents.ImportRunOrder> = {}): Pages<ImportRun> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListImports, { first, filter, orderBy }, options);
  }

  /** What the file says, in its order, and what becomes of it. */
  async *items(
    id: string,
    { filter = null, ...options }: { readonly filter?: documents.ImportItemFilter | null } & CallOptions = {},
  ): AsyncGenerator<ImportItem, void, undefined> {
    for (let after: string | null = null; ;) {
      const { run }: documents.ListImportItemsQuery = await this.calls.read(
        documents.ListImportItems,
        { id, first: 100, after, filter },
        options,
      );
      if (run === null) return;
      yield* run.items.nodes;
      if (!run.items.pageInfo.hasNextPage || run.items.pageInfo.endCursor === after) return;
      after = run.items.pageInfo.endCursor;
    }
  }

  /** The import once nothing is under way: READY, APPLIED, ROLLED_BACK or FAILED. */
  async settled(run: Pick<ImportRun, 'id'>, { onProgress, ...options }: SettleOptions = {}): Promise<ImportRun> {
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 2, LATER_LOOKS_MS)) {
      const now = await this.get(run.id, options);
      if (now === null) throw new ConcordTransportError(`The import ${run.id} is not there any more.`);
      onProgress?.(now);
      if (!UNDER_WAY.includes(now.state)) return now;
      await this.calls.surroundings.wait(pause, options.signal);
    }
  }

  /** An import whenever it is further, for ever. Outlives broken lines. To end it while it waits, abort the signal. */
  async *progress(id: string, options: WatchOptions = {}): AsyncGenerator<ImportRun, void, undefined> {
    const missed = (changedAfter: string | null): Pages<ImportRun> =>
      this.list({ first: changedAfter === null ? 1 : 100, filter: { changedAfter } });
    const watched = { document: documents.ImportProgressed, variables: { id }, missed };
    for await (const run of watch(this.calls, watched, options)) if (run.id === id) yield run;
  }
}
