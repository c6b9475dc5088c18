import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FootprintInput } from '../client-sdk/src/contract-types.ts';
import { withClient } from '../platform/database/with-client.ts';
import { ask, inSeconds, percentile, REGISTER } from './hub/ask.ts';
import { drawFootprint, LIFELIKE_DAYS } from './hub/footprints.ts';
import { watchOverlaps } from './hub/freshness.ts';
import { openFaultHub, type Party } from './hub/hub.ts';
import { drawing } from './hub/random.ts';
import { settle } from './hub/settled.ts';
import type { Finding, Run } from './promise.ts';

const WRITES_PER_S = 50;
/** Each may make 200 matchable writes a day. */
const WRITERS = 40;
/** What everything written later meets at least one of. */
const ANCHORS = 200;
const GIVEN_UP_MS = 30_000;
const COME_BACK_MS = 1_000;

/** L3: how soon an overlap is to be seen after the mutation that brought it about, and how soon when PostgreSQL's NOTIFY was lost. */
export async function freshness({ seed, smoke, say }: Run): Promise<Finding> {
  const [seconds, losses] = smoke ? [10, 2] : [60, 5];
  const hub = await openFaultHub();
  try {
    const draw = drawing(seed);
    const parties = await hub.parties(WRITERS + ANCHORS / 100);
    const [writers, owners] = [parties.slice(0, WRITERS), parties.slice(WRITERS)];
    hub.startWorker();
    const server = await hub.startServer();
    // Whoever is told to come back does, with the same key; the time until then counts.
    const register = async (party: Party | undefined, footprint: FootprintInput): Promise<string> => {
      const input = { name: 'Example programme', clientMutationKey: randomUUID(), footprint };
      for (;;) {
        const { ok, data, trouble, status } = await ask(server.url, party?.key ?? '', REGISTER, { input });
        const { registerProgramme } = (data ?? {}) as { registerProgramme?: { id?: string; message?: string } };
        if (registerProgramme?.id) return registerProgramme.id;
        if (ok || status !== 503) throw new Error(registerProgramme?.message ?? trouble);
        await delay(COME_BACK_MS);
      }
    };
    const anchors = Array.from({ length: ANCHORS }, () => drawFootprint(draw, LIFELIKE_DAYS));
    for (const [at, footprint] of anchors.entries()) await register(owners[at % owners.length], footprint);
    await settle(hub, 120_000);
    say(`${String(ANCHORS)} programmes are there`);

    return await watchOverlaps(hub.cluster.adminUrl, async (watch) => {
      const write = async (number: number): Promise<void> => {
        const sentAt = performance.now();
        watch.expect(await register(writers[number % WRITERS], draw.of(anchors)), sentAt);
      };
      const beganAt = performance.now();
      const writes: Promise<void>[] = [];
      for (let number = 0; number < WRITES_PER_S * seconds; number += 1) {
        await delay(Math.max(0, beganAt + (1_000 * number) / WRITES_PER_S - performance.now()));
        writes.push(write(number));
      }
      await Promise.all(writes);
      const rate = writes.length / ((performance.now() - beganAt) / 1_000);
      const delays = await watch.settled(GIVEN_UP_MS);
      const [p50, p99] = [percentile(delays, 50), percentile(delays, 99)];
      say(`${String(delays.length)} writes, ${rate.toFixed(1)} a second: p50 ${inSeconds(p50)}, p99 ${inSeconds(p99)}`);
      await settle(hub, 60_000);
      const afterLoss = await withoutNotify(hub.cluster.adminUrl, losses, async (number) => {
        await write(number);
        return watch.settled(GIVEN_UP_MS);
      });
      const slowest = Math.max(...afterLoss);
      return {
        id: 'L3',
        command: 'freshness',
        demanded: `${String(WRITES_PER_S)} writes/s for ${String(seconds)} s: overlap visible p50 ≤ 300 ms, p99 ≤ 2 s; after a lost NOTIFY ≤ 6 s`,
        measured: `${rate.toFixed(1)} writes/s: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms of ${String(delays.length)}; after a lost NOTIFY ${inSeconds(slowest)} at most of ${String(afterLoss.length)}`,
        seed,
        kept: p50 <= 300 && p99 <= 2_000 && slowest <= 6_000 && rate >= 0.95 * WRITES_PER_S,
      };
    });
  } finally {
    await hub.close();
  }
}

/** Writes while nobody is notified of commits, each time at another moment of the sweep. */
function withoutNotify(
  adminUrl: string,
  times: number,
  write: (number: number) => Promise<number[]>,
): Promise<number[]> {
  return withClient(adminUrl, async (client) => {
    await client.query('alter table app.outbox_event disable trigger outbox_event_wakes_relay');
    const delays: number[] = [];
    for (let time = 0; time < times; time += 1) {
      await delay(700 * time);
      delays.push(...(await write(time)));
    }
    await client.query('alter table app.outbox_event enable trigger outbox_event_wakes_relay');
    return delays;
  });
}
