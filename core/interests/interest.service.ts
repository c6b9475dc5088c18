import { sql } from 'kysely';
import { z } from 'zod';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { creation, target } from '../footprints/holder.input.ts';
import { chooseOwner } from '../footprints/holder.rules.ts';
import { calendarDay } from '../footprints/stated-footprint.ts';
import { type Outcome, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';

const INTEREST_TOPICS = [
  'handbook_refresh',
  'handbook_review',
  'training',
  'case_study',
  'research',
  'translation',
  'convening',
  'other',
] as const;

const interestFields = z.object({
  topic: z.enum(INTEREST_TOPICS),
  offers: z.string().trim().min(1).max(2_000),
  languages: z.array(z.string()).max(60).nullish(),
  until: calendarDay.nullish(),
});
const declareInput = interestFields.extend({
  actor: creation.shape.owner,
  clientMutationKey: creation.shape.clientMutationKey,
});
const reviseInput = interestFields.partial().extend(target.shape);

interface StoredInterest {
  readonly actorId: string;
  readonly topic: (typeof INTEREST_TOPICS)[number];
  readonly offers: string;
  readonly languages: readonly string[];
  readonly until: string | null;
  readonly version: number;
  readonly isWithdrawn: boolean;
}

/** Keeps who wants to contribute to what: each says it for itself. */
export class InterestService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
  ) {}

  /** Declares what the viewer's actor would like to contribute to. */
  declare(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.declareIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async declareIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(declareInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...fields } = parsed.value;
    return once(work, { operation: 'declareInterest', key, input: fields }, async () => {
      const owner = await chooseOwner(work, fields.actor, null);
      if (owner.kind !== 'chosen') return owner;
      if (!speaksFor(work.viewer, owner.ownerId)) return onlyEditors;
      const languages = await this.vocabulary.resolve(work.em, { languages: fields.languages });
      if (languages.issues.length > 0) return invalid(languages.issues);
      const id = work.newId('int');
      const { topic, offers, until = null } = fields;
      await sql`insert into contribution_interest (id, actor_id, topic, offers, languages, until, created_at, updated_at)
        values (${id}, ${owner.ownerId}, ${topic}, ${offers}, ${languages.footprint.languages ?? []}, ${until}, ${work.now}, ${work.now})`.execute(
        work.em.getKysely(),
      );
      await record(work, 'interest.declared', id, { topic });
      return saved(id);
    });
  }

  /** Changes what was declared. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(reviseInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { id, expectedVersion, ...changes } = parsed.value;
      return this.change(work, { id, expectedVersion }, 'interest.revised', async (stored) => {
        const languages = await this.vocabulary.resolve(work.em, { languages: changes.languages });
        if (languages.issues.length > 0) return invalid(languages.issues);
        const spoken = changes.languages === undefined ? stored.languages : (languages.footprint.languages ?? []);
        const until = changes.until === undefined ? stored.until : changes.until;
        return sql`topic = ${changes.topic ?? stored.topic}, offers = ${changes.offers ?? stored.offers},
          languages = ${spoken}, until = ${until}`;
      });
    });
  }

  /** Takes an interest back for good. */
  withdraw(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(target, input);
      if (!parsed.ok) return invalid(parsed.issues);
      return this.change(work, parsed.value, 'interest.withdrawn', () =>
        Promise.resolve(sql`withdrawn_at = ${work.now}`),
      );
    });
  }

  /** One change by an editor of whose it is; the body says what the row says afterwards. */
  private async change(
    work: Work,
    { id, expectedVersion }: z.infer<typeof target>,
    action: string,
    body: (stored: StoredInterest) => Promise<ReturnType<typeof sql> | Outcome>,
  ): Promise<Outcome> {
    const stored = await find(work, id);
    if (!stored) return notFound(id);
    if (!speaksFor(work.viewer, stored.actorId)) return onlyEditors;
    if (stored.version !== expectedVersion) return stale(expectedVersion, stored.version);
    if (stored.isWithdrawn) return conflict('The interest was withdrawn: declare it anew.');
    const written = await body(stored);
    if ('kind' in written) return written;
    const { numAffectedRows } =
      await sql`update contribution_interest set ${written}, version = version + 1, updated_at = ${work.now}
      where id = ${id} and version = ${expectedVersion}`.execute(work.em.getKysely());
    if (numAffectedRows !== 1n) return stale(expectedVersion, (await find(work, id))?.version ?? expectedVersion + 1);
    await record(work, action, id);
    return saved(id);
  }
}

const onlyEditors = forbidden('Only editors of an actor declare what it wants to contribute to.');

function speaksFor(viewer: Viewer, actorId: string): boolean {
  return viewer.role === 'operator' || (viewer.role === 'editor' && viewer.actorId === actorId);
}

async function find({ em }: Work, id: string): Promise<StoredInterest | null> {
  const { rows } =
    await sql<StoredInterest>`select actor_id as "actorId", topic, offers, languages, until::text as until, version,
    withdrawn_at is not null as "isWithdrawn" from contribution_interest where id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}
