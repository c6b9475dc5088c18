import { sql } from 'kysely';
import { z } from 'zod';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayEdit } from '../access/viewer.ts';
import { commitmentInput } from '../actors/actor.input.ts';
import { announce } from '../footprints/announce.ts';
import { creation, shortText, target } from '../footprints/holder.input.ts';
import { chooseOwner } from '../footprints/holder.rules.ts';
import { calendarDay } from '../footprints/stated-footprint.ts';
import {
  type Issue,
  type Outcome,
  type Refused,
  conflict,
  forbidden,
  invalid,
  notFound,
  saved,
  stale,
} from '../outcome.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import {
  type CommitmentRow,
  type StoredCommitment,
  findCommitment,
  insertCommitment,
  updateCommitment,
} from './commitment.rows.ts';

const fields = commitmentInput.extend({
  quantity: z.number().positive().max(1e12).nullish(),
  unit: shortText.nullish(),
  corridors: z.array(z.string()).max(100).nullish(),
  themes: z.array(z.string()).max(100).nullish(),
  validFrom: calendarDay.nullish(),
  validTo: calendarDay.nullish(),
});
const registerInput = fields.extend({ programme: z.string().nullish(), ...creation.shape });
const reviseInput = fields.partial().extend(target.shape);

type CommitmentChanges = { readonly [K in keyof z.infer<typeof fields>]?: z.infer<typeof fields>[K] | undefined };

const NOTHING: CommitmentRow = {
  kind: 'other',
  description: '',
  amount: null,
  currency: null,
  quantity: null,
  unit: null,
  source: null,
  corridors: [],
  themes: [],
  valid_from: null,
  valid_to: null,
};

/** Registers, revises and ends commitments of resources one by one. As long as they last, they count in suggestions. */
export class CommitmentService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
  ) {}

  /** Commits resources of an actor: to everything it does, or to one programme of it. */
  register(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.registerIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async registerIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(registerInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...given } = parsed.value;
    return once(work, { operation: 'registerCommitment', key, input: given }, async () => {
      const giver = await chooseGiver(work, given);
      if (giver.kind !== 'chosen') return giver;
      const written = await this.rewrite(work, NOTHING, given);
      if (written.kind !== 'rewritten') return written;
      const id = work.newId('com');
      await insertCommitment(work, { id, ...giver }, written.row);
      await record(work, 'commitment.registered', id, { kind: given.kind });
      announce(work, [giver.programmeId ?? giver.ownerId]);
      return saved(id);
    });
  }

  /** Changes a commitment. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(reviseInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { id, expectedVersion, ...changes } = parsed.value;
      return this.change(work, { id, expectedVersion }, 'commitment.revised', (stored) =>
        this.rewrite(work, stored.row, changes),
      );
    });
  }

  /** Ends a commitment for good; it stays to be seen, and counts no more. */
  end(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(target, input);
      if (!parsed.ok) return invalid(parsed.issues);
      return this.change(work, parsed.value, 'commitment.ended', ({ row }) =>
        Promise.resolve({ kind: 'rewritten', row, ends: true }),
      );
    });
  }

  private async change(
    work: Work,
    { id, expectedVersion }: z.infer<typeof target>,
    action: string,
    body: (stored: StoredCommitment) => Promise<Rewritten | Refused>,
  ): Promise<Outcome> {
    const stored = await findCommitment(work, id);
    if (!stored) return notFound(id);
    if (!mayEdit(work.viewer, stored.ownerId)) return onlyOwner;
    if (stored.version !== expectedVersion) return stale(expectedVersion, stored.version);
    if (stored.isEnded) return conflict('The commitment has ended: it does not change any more.');
    const written = await body(stored);
    if (written.kind !== 'rewritten') return written;
    const isDone = await updateCommitment(work, stored, written.row, written.ends === true);
    if (!isDone) return stale(expectedVersion, (await findCommitment(work, id))?.version ?? expectedVersion + 1);
    await record(work, action, id);
    announce(work, [stored.programmeId ?? stored.actorId]);
    return saved(id);
  }

  /** What a commitment says after a change: what is absent stays, null clears. */
  private async rewrite(work: Work, stored: CommitmentRow, changes: CommitmentChanges): Promise<Rewritten | Refused> {
    const { corridors, themes } = changes;
    const { footprint, issues } = await this.vocabulary.resolve(work.em, { corridors, themes });
    const keep = <T>(given: T | null | undefined, was: T | null): T | null => (given === undefined ? was : given);
    const row: CommitmentRow = {
      kind: changes.kind ?? stored.kind,
      description: changes.description ?? stored.description,
      amount: keep(changes.amount, stored.amount),
      currency: keep(changes.currency, stored.currency),
      quantity: keep(changes.quantity, stored.quantity),
      unit: keep(changes.unit, stored.unit),
      source: keep(changes.source, stored.source),
      corridors: corridors === undefined ? stored.corridors : (footprint.corridors ?? []),
      themes: themes === undefined ? stored.themes : (footprint.themes ?? []),
      valid_from: keep(changes.validFrom, stored.valid_from),
      valid_to: keep(changes.validTo, stored.valid_to),
    };
    const found = [...issues, ...inconsistencies(row)];
    return found.length > 0 ? invalid(found) : { kind: 'rewritten', row };
  }
}

interface Rewritten {
  readonly kind: 'rewritten';
  readonly row: CommitmentRow;
  readonly ends?: boolean;
}

const onlyOwner = forbidden('Only whoever commits resources, and coordinators, may change a commitment.');

/** Whose resources they are: the owner of the programme they are for, else the actor named or acted for. */
async function chooseGiver(
  work: Work,
  { programme, owner: named }: Pick<z.infer<typeof registerInput>, 'programme' | 'owner'>,
): Promise<{ readonly kind: 'chosen'; readonly ownerId: string; readonly programmeId: string | null } | Refused> {
  if (typeof programme !== 'string') {
    const owner = await chooseOwner(work, named, null);
    return owner.kind === 'chosen' ? { kind: 'chosen', ownerId: owner.ownerId, programmeId: null } : owner;
  }
  const { rows } = await sql<{ ownerId: string; isWithdrawn: boolean }>`
    select owner_id as "ownerId", withdrawn_at is not null as "isWithdrawn" from programme where id = ${programme}`.execute(
    work.em.getKysely(),
  );
  const [found] = rows;
  if (!found) return notFound(programme);
  if (!mayEdit(work.viewer, found.ownerId) || (named ?? found.ownerId) !== found.ownerId)
    return forbidden('Only the owner of a programme commits resources to it.');
  if (found.isWithdrawn) return conflict('The programme was withdrawn.');
  return { kind: 'chosen', ownerId: found.ownerId, programmeId: programme };
}

function inconsistencies({ amount, currency, quantity, unit, valid_from, valid_to }: CommitmentRow): Issue[] {
  const issues: Issue[] = [];
  if ((amount === null) !== (currency === null))
    issues.push({ path: 'input.currency', message: 'An amount and its currency belong together.' });
  if ((quantity === null) !== (unit === null))
    issues.push({ path: 'input.unit', message: 'A quantity and its unit belong together.' });
  if (valid_from !== null && valid_to !== null && valid_to < valid_from)
    issues.push({ path: 'input.validTo', message: `${valid_to} is before the first day ${valid_from}.` });
  return issues;
}
