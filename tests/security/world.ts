import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { refreshPresence } from '../../core/presence/refresh-presence.ts';
import { fixedClock } from '../../platform/clock.ts';
import { type Randomness, seededRandomness } from '../../platform/ids.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestHub, testHub } from '../support/hub.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';

/** A hub over HTTP and, on the same database, the background work that a test runs when it likes. Nothing in it depends on chance. */
export interface SecurityWorld {
  readonly hub: TestHub;
  readonly database: TestDatabase;
  readonly clock: ReturnType<typeof fixedClock>;
  /** From here on ids follow from this seed, whatever was drawn before. */
  reseed(seed: string): void;
  /** Matches and composes until nothing waits. */
  settle(): Promise<void>;
  /** Finds anew where somebody is present, unless that was done this week. */
  beginWeek(): Promise<void>;
  /** Ends hub and background work; the database stays, for others to clone. */
  leave(): Promise<void>;
  /** Ends everything, the database included. */
  close(): Promise<void>;
}

/** 2027-01-01T00:00Z. */
const NOW_MS = 1_798_761_600_000;

/** Opens a world in a new database or in a clone of another world's that was left. */
export async function securityWorld(original?: TestDatabase): Promise<SecurityWorld> {
  const database = await testDatabase(original);
  const clock = fixedClock(NOW_MS);
  const { randomness, reseed } = reseedable('security');
  const hub = await testHub({ database, clock, randomness });
  const background: SuggestingWorld = await suggestingWorld({ database, clock, randomness });
  const leave = async (): Promise<void> => {
    await background.close();
    await hub.close();
  };
  return {
    hub,
    database,
    clock,
    reseed,
    settle: async () => {
      await background.settleAll();
    },
    beginWeek: async () => {
      await background.worker.unitOfWork.run(HUB_VIEWER, refreshPresence);
    },
    leave,
    close: async () => {
      await leave();
      await database.drop();
    },
  };
}

function reseedable(seed: string): { randomness: Randomness; reseed(seed: string): void } {
  let current = seededRandomness(seed);
  return {
    randomness: { bytes: (count) => current.bytes(count) },
    reseed: (next) => {
      current = seededRandomness(next);
    },
  };
}
