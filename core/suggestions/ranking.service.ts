import { record } from '../access/audit.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { mayCurate, type Viewer } from '../access/viewer.ts';
import { type Outcome, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { parse } from '../parse.ts';
import { countSince, takeRanking } from './ranking.rows.ts';
import { rankingInput } from './suggestion.input.ts';

/** Lets coordinators take back what dismissals and agreements did to the order of suggestions. The order follows in the background. */
export class RankingService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What was decided so far about suggestions of this one's kind in its corridor or country does not count any more. */
  reset(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.change(viewer, input, 'ranking.reset', (work) => work.now);
  }

  /** Everything counts again. */
  restore(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.change(viewer, input, 'ranking.restored', () => null);
  }

  private change(viewer: Viewer, input: unknown, action: string, since: (work: Work) => Date | null): Promise<Outcome> {
    const parsed = parse(rankingInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { suggestion: id, expectedVersion } = parsed.value;
    return this.unitOfWork.run(viewer, async (work) => {
      if (!mayCurate(viewer)) return forbidden('Only coordinators may change how suggestions are ranked.');
      const ranking = await takeRanking(work, id);
      if (ranking === null) return notFound(id);
      if (ranking.version !== expectedVersion) return stale(expectedVersion, ranking.version);
      const from = since(work);
      if (from === null && ranking.since === null) return conflict('Everything counts already.');
      await countSince(work, ranking, from);
      await record(work, action, id, { scope: ranking.scope, kind: ranking.kind });
      await append(work.em, { kind: 'scope.touched', scope: ranking.scope });
      return saved(id);
    });
  }
}
