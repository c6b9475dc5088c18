import { ask, type Answered, inSeconds, LIST, percentile } from './hub/ask.ts';
import { openFaultHub } from './hub/hub.ts';
import type { Finding, Run } from './promise.ts';

const CLIENTS = 500;
const RECOVERS_WITHIN_MS = 2_000;
/** Asked one after the other once the crowd is gone. */
const PROBES = 5;

/** R6: more clients than a server has connections are served or told to come back, and nothing is left of them. */
export async function exhaust({ seed, smoke, say }: Run): Promise<Finding> {
  const lastsMs = smoke ? 3_000 : 20_000;
  const hub = await openFaultHub();
  try {
    const parties = await hub.parties(50);
    const server = await hub.startServer();
    const answers: Answered[] = [];
    const until = performance.now() + lastsMs;
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, at) => {
        const { key } = parties[at % parties.length] ?? { key: '' };
        do answers.push(await ask(server.url, key, LIST));
        while (performance.now() < until);
      }),
    );
    const goneAt = performance.now();
    const probes: Answered[] = [];
    for (let probe = 0; probe < PROBES; probe += 1) probes.push(await ask(server.url, parties[0]?.key ?? '', LIST));
    const recoveredMs = (probes.find(({ ok }) => ok)?.endedAt ?? Infinity) - goneAt;
    const served = answers.filter(({ ok }) => ok).length;
    const refused = answers.filter(({ status }) => status === 503).length;
    const others = answers.filter(({ ok, status }) => !ok && status !== 503);
    for (const { status, trouble } of others.slice(0, 5)) say(`${String(status)}: ${trouble}`);
    const slowest = percentile(
      answers.map(({ startedAt, endedAt }) => endedAt - startedAt),
      100,
    );
    return {
      id: 'R6',
      command: 'exhaust',
      demanded: '500 clients, pool of 10: only 200 or 503, recovers ≤ 2 s',
      measured: `${String(served)} × 200, ${String(refused)} × 503, ${String(others.length)} others, slowest ${inSeconds(slowest)}; recovered ${inSeconds(recoveredMs)}`,
      seed,
      kept: others.length === 0 && served > 0 && recoveredMs <= RECOVERS_WITHIN_MS && probes.every(({ ok }) => ok),
    };
  } finally {
    await hub.close();
  }
}
