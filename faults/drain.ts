import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answered, ask, inSeconds, LIST, percentile, REGISTER } from './hub/ask.ts';
import { startBalancer } from './hub/balancer.ts';
import { listening, openFaultHub } from './hub/hub.ts';
import { drawing } from './hub/random.ts';
import type { Finding, Run } from './promise.ts';

const CLIENTS = 16;

/** R5: two servers are renewed one after the other, and nobody notices. */
export async function drain({ seed, smoke, say }: Run): Promise<Finding> {
  const times = smoke ? 4 : 10;
  const hub = await openFaultHub();
  try {
    const parties = await hub.parties(CLIENTS);
    const servers = [await hub.startServer(), await hub.startServer()];
    const balancer = await startBalancer(servers.map(({ url }) => url));
    const answers: Answered[] = [];
    let over = false;
    const loads = parties.map(async ({ key }, at) => {
      const draw = drawing(`${String(seed)} ${String(at)}`);
      while (!over) {
        const write = draw.below(10) === 0;
        const input = { name: 'Example programme', clientMutationKey: randomUUID() };
        answers.push(await (write ? ask(balancer.url, key, REGISTER, { input }) : ask(balancer.url, key, LIST)));
        await delay(draw.below(20));
      }
    });
    const codes: (number | null)[] = [];
    for (let time = 0; time < times; time += 1) {
      const server = servers[time % servers.length];
      if (!server) continue;
      await delay(300);
      codes.push(await server.terminate());
      await listening(server.url);
      say(`${String(time + 1)} of ${String(times)} renewed, ${String(answers.length)} requests`);
    }
    over = true;
    await Promise.all(loads);
    await balancer.close();
    const failed = answers.filter(({ ok }) => !ok);
    for (const { status, trouble } of failed.slice(0, 5)) say(`${String(status)}: ${trouble}`);
    const p99 = percentile(
      answers.map(({ startedAt, endedAt }) => endedAt - startedAt),
      99,
    );
    return {
      id: 'R5',
      command: 'drain',
      demanded: `${String(times)} rolling SIGTERMs of 2 servers: 0 failed after one retry, exit code 0`,
      measured: `${String(failed.length)} of ${String(answers.length)} failed, ${String(balancer.retried)} retried, p99 ${inSeconds(p99)}, exit codes ${codes.map(String).join(' ')}`,
      seed,
      kept: failed.length === 0 && codes.length === times && codes.every((code) => code === 0),
    };
  } finally {
    await hub.close();
  }
}
