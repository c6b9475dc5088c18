import { setTimeout as delay } from 'node:timers/promises';
import { withClient } from '../../platform/database/with-client.ts';

/** Looks for overlaps of records that were just written, and tells how long each took to be there. */
export interface Watch {
  /** A record that will meet another, and when its mutation was sent. */
  expect(recordId: string, sentAt: number): void;
  /** Resolves with the delays so far, in ms, once everything expected is there or `withinMs` have passed; what is missing counts as that. */
  settled(withinMs: number): Promise<number[]>;
}

const LOOK_EVERY_MS = 15;
/** Records looked at in one look, in turn: however many wait, looking costs the same. */
const LOOKED_AT_ONCE = 100;
// Each a look into an index that ends at the first row; as `exists`, all of the table might be read and hashed instead.
const MET = `
  select subject from unnest($1::text[]) as subject
  where (select true from app.overlap where view in ('own', 'released') and a_id = subject limit 1)
    or (select true from app.overlap where view in ('own', 'released') and b_id = subject limit 1)`;

/**
 * Watches for as long as `use` runs, over one connection of a superuser, so that the reading costs the hub nothing but one probe
 * of an index for each record that waits. Delays are from the sending of a mutation to the look that found it committed.
 */
export function watchOverlaps<T>(adminUrl: string, use: (watch: Watch) => Promise<T>): Promise<T> {
  return withClient(adminUrl, async (client) => {
    const waiting = new Map<string, number>();
    const delays: number[] = [];
    let over = false;
    const looking = (async () => {
      while (!over) {
        if (waiting.size > 0) {
          const looked = [...waiting].slice(0, LOOKED_AT_ONCE);
          const { rows } = await client.query<{ subject: string }>(MET, [looked.map(([subject]) => subject)]);
          const met = new Set(rows.map(({ subject }) => subject));
          for (const [subject, sentAt] of looked) {
            waiting.delete(subject);
            if (met.has(subject)) delays.push(performance.now() - sentAt);
            else waiting.set(subject, sentAt);
          }
        }
        await delay(LOOK_EVERY_MS);
      }
    })();
    try {
      return await use({
        expect: (recordId, sentAt) => waiting.set(recordId, sentAt),
        settled: async (withinMs) => {
          for (const deadline = performance.now() + withinMs; waiting.size > 0 && performance.now() < deadline;)
            await delay(LOOK_EVERY_MS);
          delays.push(...[...waiting.values()].map((sentAt) => performance.now() - sentAt));
          waiting.clear();
          return delays.splice(0);
        },
      });
    } finally {
      over = true;
      await looking;
    }
  });
}
