import { sql } from 'kysely';
import type { SuggestionStatus } from '../../engine/index.ts';
import { record } from '../access/audit.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate, mayEdit } from '../access/viewer.ts';
import type { Scope } from '../jobs/scope.ts';
import { type Outcome, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { parse } from '../parse.ts';
import { dismissSuggestionInput } from './suggestion.input.ts';

/** What people decide about suggestions. What is suggested is composed in the background; see composing.service.ts. */
export class SuggestionService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Dismisses an open suggestion for everybody, with a reason. Coordinators may, and whoever edits for one of its participants.
   * Much the same is not suggested again: see `foldDrafts`.
   */
  dismiss(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(dismissSuggestionInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion, reason, reasonCode } = parsed.value;
    const code = reasonCode ?? 'OTHER';
    return this.unitOfWork.run(viewer, async (work) => {
      const stored = await take(work, id);
      if (stored === null) return notFound(id);
      if (stored === 'not-yours')
        return forbidden('Only coordinators and editors of its participants may dismiss a suggestion.');
      if (stored.version !== expectedVersion) return stale(expectedVersion, stored.version);
      if (stored.status !== 'OPEN')
        return conflict(`Only an open suggestion can be dismissed; this one is ${stored.status}.`);
      await sql`update suggestion set status = 'DISMISSED', dismissed_reason = ${reason},
          dismissed_code = ${code}, dismissed_at = ${work.now}, version = version + 1, updated_at = ${work.now}
        where id = ${id}`.execute(work.em.getKysely());
      await record(work, 'suggestion.dismissed', id, { code });
      // Those like it are ranked anew.
      await append(work.em, { kind: 'suggestion.changed', id }, { kind: 'scope.touched', scope: stored.scope });
      return saved(id);
    });
  }
}

interface Decided {
  readonly status: SuggestionStatus;
  readonly version: number;
  readonly scope: Scope;
}

/** Reads and locks a suggestion that the viewer may decide about; null when there is none. */
async function take(work: Work, id: string): Promise<Decided | 'not-yours' | null> {
  const db = work.em.getKysely();
  // Of the seats the viewer finds its own, and those revealed to it.
  const { rows: seen } = await sql<{ actors: string[] }>`
    select array(select actor_id from suggestion_seat where suggestion_id = suggestion.id) as actors
    from suggestion where id = ${id}`.execute(db);
  const [found] = seen;
  if (found === undefined) return null;
  if (!mayCurate(work.viewer) && !found.actors.some((actor) => mayEdit(work.viewer, actor))) return 'not-yours';
  const { rows } =
    await sql<Decided>`select status, version, scope from suggestion where id = ${id} for update`.execute(db);
  return rows[0] ?? null;
}
