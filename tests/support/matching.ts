import type { MikroORM } from '@mikro-orm/postgresql';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { ActorService } from '../../core/actors/actor.service.ts';
import { CalendarService } from '../../core/calendar/calendar.service.ts';
import { CampaignService } from '../../core/campaigns/campaign.service.ts';
import { entities } from '../../core/entities.ts';
import { FootprintService } from '../../core/footprints/footprint.service.ts';
import type { Outcome } from '../../core/outcome.ts';
import { outboxEventSchema, type OutboxEvent } from '../../core/outbox/events.ts';
import { markDispatched, takePending } from '../../core/outbox/outbox.ts';
import { OverlapService } from '../../core/overlaps/overlap.service.ts';
import { ProgrammeService } from '../../core/programmes/programme.service.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { fixedClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { type Randomness, seededRandomness } from '../../platform/ids.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** The registry's services on the app login and matching on the worker login, without queues: a test decides when jobs run. */
export interface MatchingWorld {
  readonly database: TestDatabase;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly app: Side;
  readonly worker: Side;
  readonly actors: ActorService;
  readonly programmes: ProgrammeService;
  readonly campaigns: CampaignService;
  readonly calendar: CalendarService;
  /** Takes all events that wait, in the order they were written. */
  takeEvents(): Promise<OutboxEvent[]>;
  /** Runs the matching that waiting events ask for, in the order given by `order`, and returns all events, those it wrote included. */
  settle(order?: (events: OutboxEvent[]) => OutboxEvent[]): Promise<OutboxEvent[]>;
  close(): Promise<void>;
}

/** What one process holds. */
export interface Side {
  readonly orm: MikroORM;
  readonly unitOfWork: UnitOfWork;
  readonly vocabulary: VocabularyService;
  readonly footprints: FootprintService;
  readonly overlaps: OverlapService;
}

/** 2027-01-01T00:00Z. */
const NOW_MS = 1_798_761_600_000;

/** What a world may share with a hub that serves the same database. */
export interface MatchingParts {
  /** The caller's own, which closing the world leaves as it is. */
  readonly database: TestDatabase;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly randomness: Randomness;
}

export async function matchingWorld(parts?: MatchingParts): Promise<MatchingWorld> {
  const database = parts?.database ?? (await testDatabase());
  const clock = parts?.clock ?? fixedClock(NOW_MS);
  const randomness = parts?.randomness ?? seededRandomness('matching');
  const side = async (url: string): Promise<Side> => {
    const orm = await openOrm({ url, entities, applicationName: 'test-matching' });
    const vocabulary = new VocabularyService();
    const footprints = new FootprintService(vocabulary);
    const overlaps = new OverlapService(vocabulary, footprints, new Uint8Array(32).fill(3));
    return { orm, unitOfWork: new UnitOfWork(orm, clock, randomness), vocabulary, footprints, overlaps };
  };
  const app = await side(database.appUrl);
  const worker = await side(database.workerUrl);
  const { unitOfWork, vocabulary } = app;
  const calendar = new CalendarService(unitOfWork, vocabulary);
  const campaigns = new CampaignService(unitOfWork, vocabulary, calendar);

  const takeEvents = (): Promise<OutboxEvent[]> =>
    worker.unitOfWork.run(HUB_VIEWER, async ({ em }) => {
      const pending = await takePending(em, 100_000);
      await markDispatched(
        em,
        pending.map(({ id }) => id),
      );
      return pending.map(({ kind, payload }) => outboxEventSchema.parse({ ...payload, kind }));
    });
  return {
    database,
    clock,
    app,
    worker,
    actors: new ActorService(unitOfWork, vocabulary),
    programmes: new ProgrammeService(unitOfWork, vocabulary, campaigns),
    campaigns,
    calendar,
    takeEvents,
    settle: async (order = (events) => events) => {
      const asked = await takeEvents();
      for (const event of order([...asked])) {
        if (event.kind !== 'record.changed') continue;
        await worker.unitOfWork.run(HUB_VIEWER, (work) => worker.overlaps.matchFootprint(work, event));
      }
      return [...asked, ...(await takeEvents())];
    },
    close: async () => {
      await Promise.all([app.orm.close(), worker.orm.close()]);
      if (!parts) await database.drop();
    },
  };
}

/** The id of what was saved. @throws with the refusal otherwise. */
export function savedId(outcome: Outcome): string {
  if (outcome.kind !== 'saved') throw new Error(`expected saved, found ${JSON.stringify(outcome)}`);
  return outcome.id;
}
