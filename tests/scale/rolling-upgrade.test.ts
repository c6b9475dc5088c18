import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDamage } from '../../faults/crash/checks.ts';
import { newLedger, Writer } from '../../faults/crash/writer.ts';
import { type Answered, ask, LIST, percentile } from '../../faults/hub/ask.ts';
import { startBalancer } from '../../faults/hub/balancer.ts';
import { type FaultHub, openFaultHub, type RunningServer } from '../../faults/hub/hub.ts';
import { drawing } from '../../faults/hub/random.ts';
import { settle } from '../../faults/hub/settled.ts';
import type { Supervised } from '../../faults/hub/supervised.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { buildFormerRelease, type FormerRelease, hasFormerRelease } from './former.ts';

const MINUTE = 60_000;
const SEED = 5;
const WRITERS = 6;
const READERS = 4;
/** How many writes are confirmed in each state of the upgrade before the next begins. */
const WRITES = 20;

describe.runIf(hasFormerRelease)('from the release before to this one, both at once on the new schema', () => {
  let former: FormerRelease;
  let hub: FaultHub;
  let formerServer: RunningServer;
  let formerWorker: Supervised;

  beforeAll(async () => {
    execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
    former = await buildFormerRelease();
    hub = await openFaultHub({ migrated: false });
    // A server is ready once a worker gives a sign of life.
    formerWorker = hub.startWorker({ module: former.module('dist/workers/main.js') });
    formerServer = await hub.startServer({ module: former.module('dist/server/main.js') });
  }, 5 * MINUTE);
  afterAll(async () => {
    await hub.close();
    await former.remove();
  }, MINUTE);

  const migrations = (): Promise<string[]> =>
    withClient(hub.cluster.adminUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>('select name from app.migration order by name');
      return rows.map(({ name }) => name);
    });

  test(
    'no request fails, and nothing is lost or done twice',
    async () => {
      const before = await migrations();
      const targets = [formerServer.url];
      const balancer = await startBalancer(targets);
      const ledger = newLedger();
      const reads: Answered[] = [];
      let over = false;
      const parties = await hub.parties(WRITERS);
      const writing = parties.map(async (party, at) => {
        const draw = drawing(`${String(SEED)} ${String(at)}`);
        const writer = new Writer(party, balancer.url, `Example ${String(at)}`, draw, ledger);
        while (!over) {
          await writer.writeOne();
          await delay(draw.below(150));
        }
      });
      const reading = parties.slice(0, READERS).map(async ({ key }, at) => {
        const draw = drawing(`reads ${String(SEED)} ${String(at)}`);
        while (!over) {
          reads.push(await ask(balancer.url, key, LIST));
          await delay(draw.below(60));
        }
      });
      const confirmed: number[] = [];
      const stay = async (): Promise<void> => {
        const already = ledger.acknowledged;
        while (ledger.acknowledged < already + WRITES) await delay(20);
        confirmed.push(ledger.acknowledged - already);
      };

      await stay();
      const server = await hub.startServer();
      const worker = hub.startWorker();
      targets.push(server.url);
      await stay();
      const after = await migrations();
      // The former ones go while requests are still handed to them.
      await Promise.all([formerServer.close(), formerWorker.close()]);
      targets.splice(0, 1);
      await stay();
      over = true;
      await Promise.all([...writing, ...reading]);
      await balancer.close();

      expect(after.length).toBeGreaterThan(before.length);
      expect(after).toEqual(expect.arrayContaining(before));
      const failed = reads.filter(({ ok }) => !ok);
      expect(failed.map(({ status, trouble }) => `${String(status)} ${trouble}`)).toEqual([]);
      expect(ledger.unanswered).toBe(0);
      expect([formerServer.ends, formerWorker.ends, server.ends, worker.ends]).toEqual([1, 1, 0, 0]);
      expect(await settle(hub, 2 * MINUTE)).toBeNull();
      const { compared, ...damage } = await findDamage(hub, ledger);
      expect(damage).toEqual({ lost: [], duplicates: [], wrong: [] });
      const p99 = percentile(
        reads.map(({ startedAt, endedAt }) => endedAt - startedAt),
        99,
      );
      process.stdout.write(
        `rolling upgrade: ${String(after.length - before.length)} migrations under load; ${confirmed.join(', ')} writes confirmed before, with both, after; ` +
          `${String(reads.length)} reads (p99 ${p99.toFixed(0)} ms), 0 failed, ${String(balancer.retried)} requests took their second try; ` +
          `${String(compared.records)} records, ${String(compared.overlaps)} overlaps whole; seed ${String(SEED)}\n`,
      );
    },
    5 * MINUTE,
  );
});
