import { setTimeout as delay } from 'node:timers/promises';
import { drawFootprint } from './hub/footprints.ts';
import { ask, type Answered, inSeconds, LIST, percentile, REGISTER } from './hub/ask.ts';
import { openFaultHub } from './hub/hub.ts';
import { type Proxy, startProxy } from './hub/proxy.ts';
import { drawing, type Draw } from './hub/random.ts';
import { settle } from './hub/settled.ts';
import type { Finding, Run } from './promise.ts';

const CLIENTS = 8;
const HANG_MS = 10_000;
const RECOVERS_WITHIN_MS = 5_000;
/** Every fifth stall is of the whole line, for so long. */
const WHOLE_LINE_MS = 3_000;
const BACKGROUND_WITHIN_MS = 60_000;

/** R4: whatever happens on the line to PostgreSQL, nobody waits for ever, and the hub is soon what it was. */
export async function netfault({ seed, smoke, say }: Run): Promise<Finding> {
  const [resets, stalls] = smoke ? [20, 5] : [200, 50];
  const hub = await openFaultHub();
  const proxy = await startProxy(hub.cluster.port);
  try {
    const parties = await hub.parties(CLIENTS);
    const through = (url: string): string => url.replace(`:${String(hub.cluster.port)}/`, `:${String(proxy.port)}/`);
    const { appUrl, workerUrl, migratorUrl } = hub.logins;
    const logins = { appUrl: through(appUrl), workerUrl: through(workerUrl), migratorUrl: through(migratorUrl) };
    hub.startWorker({ logins });
    const server = await hub.startServer({ logins });
    const answers: Answered[] = [];
    let over = false;
    const loads = parties.map(async ({ key }, at) => {
      const draw = drawing(`${String(seed)} ${String(at)}`);
      while (!over) {
        const write = draw.below(20) === 0;
        const input = { name: 'Example programme', footprint: drawFootprint(draw) };
        answers.push(await (write ? ask(server.url, key, REGISTER, { input }) : ask(server.url, key, LIST)));
        await delay(20);
      }
    });
    const faultsOverAt = await breakLine(proxy, { resets, stalls, pauseMs: smoke ? 200 : 350 }, drawing(seed), say);
    await delay(RECOVERS_WITHIN_MS);
    over = true;
    await Promise.all(loads);
    const slowest = percentile(
      answers.map(({ startedAt, endedAt }) => endedAt - startedAt),
      100,
    );
    const recoveries = faultsOverAt.map((at) => {
      const first = answers.filter(({ ok, startedAt }) => ok && startedAt >= at).map(({ endedAt }) => endedAt - at);
      return first.length === 0 ? Infinity : Math.min(...first);
    });
    const slowestRecovery = Math.max(...recoveries);
    const failed = answers.filter(({ ok }) => !ok);
    const strange = failed.filter(({ status }) => status !== 503);
    for (const { status, trouble } of strange.slice(0, 5)) say(`${String(status)}: ${trouble}`);
    const settlingAt = performance.now();
    const left = await settle(hub, BACKGROUND_WITHIN_MS);
    if (left) say(`the background has not settled: ${JSON.stringify(left)}`);
    const settled = left ? 'never' : inSeconds(performance.now() - settlingAt);
    return {
      id: 'R4',
      command: 'netfault',
      demanded: `${String(resets)} resets, ${String(stalls)} stalls: no hang > 10 s, recovery ≤ 5 s`,
      measured: `${String(answers.length)} requests, ${String(failed.length)} failed (${String(strange.length)} otherwise than by 503), slowest ${inSeconds(slowest)}; recovered ≤ ${inSeconds(slowestRecovery)}; background settled ${settled}`,
      seed,
      kept: slowest <= HANG_MS && slowestRecovery <= RECOVERS_WITHIN_MS && strange.length === 0 && left === null,
    };
  } finally {
    await hub.close();
    await proxy.close();
  }
}

interface Faults {
  readonly resets: number;
  readonly stalls: number;
  readonly pauseMs: number;
}

/** Resolves with the instants at which each fault was over, so that what is asked afterwards may be expected to succeed. */
async function breakLine(
  proxy: Proxy,
  { resets, stalls, pauseMs }: Faults,
  draw: Draw,
  say: Run['say'],
): Promise<number[]> {
  const faults = draw.shuffled([
    ...Array<'reset'>(resets).fill('reset'),
    ...Array.from({ length: stalls }, (_, at) => (at % 5 === 4 ? ('whole line' as const) : ('stall' as const))),
  ]);
  const overAt: number[] = [];
  for (const [index, fault] of faults.entries()) {
    await delay(draw.below(2 * pauseMs));
    if (fault === 'reset') proxy.reset(draw.below(1_000));
    else if (fault === 'stall') proxy.stall(draw.below(1_000));
    else {
      const end = proxy.stallAll();
      await delay(WHOLE_LINE_MS);
      end();
    }
    overAt.push(performance.now());
    if (index % 25 === 24) say(`${String(index + 1)} faults, ${String(proxy.connections)} connections`);
  }
  return overAt;
}
