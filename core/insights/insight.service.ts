import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate, mayEdit } from '../access/viewer.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import {
  confirmInsightInput,
  type InsightChanges,
  registerInsightInput,
  reviseInsightInput,
  withdrawInsightInput,
} from './insight.input.ts';
import {
  findInsight,
  type InsightContent,
  insertInsight,
  isMember,
  setConfirmed,
  setWithdrawn,
  type StoredInsight,
  takeVersion,
  updateInsight,
} from './insight.rows.ts';
import { codesIn, inconsistencies, restateInsight } from './insight.rules.ts';

/**
 * The register of what is known about audiences. What coordinators register counts at once; what an actor says for itself is shown
 * as its word and counts once a coordinator has confirmed it, so that nobody steers what is suggested to others.
 */
export class InsightService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
  ) {}

  /** Registers an insight: of the viewer's actor, or of nobody where a coordinator does. */
  register(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.registerIn(work, input));
  }

  /** The same inside a caller's transaction, for the demo. */
  async registerIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(registerInsightInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...fields } = parsed.value;
    return once(work, { operation: 'registerInsight', key, input: fields }, async () => {
      const confirmed = mayCurate(work.viewer);
      const ownerId = confirmed ? null : work.viewer.actorId;
      const refused = await refuseStranger(work, ownerId);
      if (refused) return refused;
      const checked = await this.check(work, null, fields);
      if (checked.kind !== 'fit') return checked;
      const id = work.newId('ins');
      await insertInsight(work, { ...checked.content, id, owner_id: ownerId, confirmed });
      await record(work, 'insight.registered', id, { kind: checked.content.kind, confirmed });
      if (confirmed) await this.announce(work, checked.content);
      return saved(id);
    });
  }

  /** Changes what an insight says. One that its actor changes counts again once it is confirmed again. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseInsightInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion, ...fields } = parsed.value;
    return this.change(viewer, { id, expectedVersion }, async (work, stored) => {
      const checked = await this.check(work, stored, fields);
      if (checked.kind !== 'fit') return checked;
      const confirmed = stored.confirmed && mayCurate(viewer);
      await updateInsight(work, id, { ...checked.content, confirmed });
      await record(work, 'insight.revised', id, { confirmed });
      if (stored.confirmed) await this.announce(work, stored, checked.content);
      return saved(id);
    });
  }

  /** Makes an insight of an actor count. For coordinators. */
  confirm(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(confirmInsightInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.change(viewer, parsed.value, async (work, stored) => {
      if (!mayCurate(viewer)) return forbidden('Only coordinators confirm insights.');
      if (stored.confirmed) return conflict('It is confirmed already.');
      const { id } = parsed.value;
      await setConfirmed(work, id);
      await record(work, 'insight.confirmed', id);
      await this.announce(work, stored);
      return saved(id);
    });
  }

  /** Takes an insight back for good. */
  withdraw(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(withdrawInsightInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion, reason } = parsed.value;
    return this.change(viewer, { id, expectedVersion }, async (work, stored) => {
      await setWithdrawn(work, id, reason ?? null);
      await record(work, 'insight.withdrawn', id);
      if (stored.confirmed) await this.announce(work, stored);
      return saved(id);
    });
  }

  /** Lets those change a stored insight who may, once what they know of it is what it is. */
  private change(
    viewer: Viewer,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number },
    body: (work: Work, stored: StoredInsight) => Promise<Outcome>,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const seen = await findInsight(work, id);
      if (seen === null) return notFound(id);
      const mine = seen.owner_id !== null && mayEdit(viewer, seen.owner_id);
      if ((!mine && !mayCurate(viewer)) || (await takeVersion(work, id)) === null)
        return forbidden('Only coordinators and whoever registered an insight change it.');
      const stored = (await findInsight(work, id)) ?? seen;
      if (stored.version !== expectedVersion) return stale(expectedVersion, stored.version);
      if (stored.withdrawn) return conflict('It was withdrawn.');
      return body(work, stored);
    });
  }

  private async check(
    work: Work,
    stored: InsightContent | null,
    fields: InsightChanges,
  ): Promise<{ readonly kind: 'fit'; readonly content: InsightContent } | Refused> {
    const { resolved, issues } = await this.vocabulary.resolveCodes(work.em, codesIn(fields));
    if (issues.length > 0) return invalid(issues);
    const content = restateInsight(stored, fields, resolved, await this.vocabulary.current(work.em));
    const wrong = inconsistencies(content);
    return wrong.length > 0 ? invalid(wrong) : { kind: 'fit', content };
  }

  /** Has the overlaps, gaps and suggestions looked at that rest on what is known of these audiences. */
  private announce(work: Work, ...told: readonly InsightContent[]): Promise<void> {
    const audiences = [...new Set(told.map(({ audience }) => audience))].sort();
    return append(work.em, { kind: 'insight.changed', audiences });
  }
}

/** Nobody speaks for an actor that is not verified, and nobody but coordinators for none. */
async function refuseStranger(work: Work, ownerId: string | null): Promise<Refused | null> {
  if (mayCurate(work.viewer)) return null;
  if (ownerId === null || !mayEdit(work.viewer, ownerId))
    return forbidden('Coordinators register insights, and editors and planners for the actor they act for.');
  return (await isMember(work)) ? null : forbidden('Only verified actors register insights.');
}
