import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { announceExpired } from '../../core/footprints/announce.ts';
import type { OutboxEvent } from '../../core/outbox/events.ts';
import { TellingService } from '../../core/notifications/telling.service.ts';
import { ComposingService } from '../../core/suggestions/composing.service.ts';
import { SuggestionService } from '../../core/suggestions/suggestion.service.ts';
import { type MatchingParts, type MatchingWorld, matchingWorld } from './matching.ts';

/** A matching world whose worker composes as well; still without queues. */
export interface SuggestingWorld extends MatchingWorld {
  /** What people decide, on the app login. */
  readonly suggestions: SuggestionService;
  /** On the worker login. */
  readonly composing: ComposingService;
  /** Matches and composes until no event waits, and tells of it; returns all events. */
  settleAll(): Promise<OutboxEvent[]>;
  /** What the job at each new day does, and all that follows from it. */
  turnDay(days: number): Promise<OutboxEvent[]>;
}

const DAY_MS = 86_400_000;

export async function suggestingWorld(parts?: MatchingParts): Promise<SuggestingWorld> {
  const world = await matchingWorld(parts);
  const composing = new ComposingService(world.worker.vocabulary);
  const telling = new TellingService(new Uint8Array(32).fill(3));
  const run = world.worker.unitOfWork;

  const settleAll = async (): Promise<OutboxEvent[]> => {
    const seen: OutboxEvent[] = [];
    for (;;) {
      const events = await world.settle();
      if (events.length === 0) {
        await run.run(HUB_VIEWER, (work) => telling.tellNews(work));
        return seen;
      }
      seen.push(...events);
      const scopes = new Set(events.flatMap((event) => (event.kind === 'scope.touched' ? [event.scope] : [])));
      for (const event of events) {
        if (event.kind !== 'insight.changed') continue;
        await run.run(HUB_VIEWER, (work) => world.worker.overlaps.reclassify(work, event.audiences));
        await run.run(HUB_VIEWER, (work) => composing.touchAll(work));
      }
      for (const scope of scopes) await run.run(HUB_VIEWER, (work) => composing.compose(work, scope));
    }
  };
  return {
    ...world,
    suggestions: new SuggestionService(world.app.unitOfWork),
    composing,
    settleAll,
    turnDay: async (days) => {
      world.clock.advance(days * DAY_MS);
      await run.run(HUB_VIEWER, announceExpired);
      await run.run(HUB_VIEWER, (work) => composing.touchOutdated(work));
      await run.run(HUB_VIEWER, (work) => telling.tellDay(work));
      return settleAll();
    },
  };
}
