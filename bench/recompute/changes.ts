import { withClient } from '../../platform/database/with-client.ts';
import { readMeeting } from '../../core/overlaps/surroundings.ts';
import { cpuMsOfTree } from '../api/cpu.ts';
import { rounded } from '../engine/timed.ts';
import type { Report } from '../report.ts';
import type { BenchHub } from '../world/hub.ts';
import { seeded } from '../world/random.ts';
import type { Recomputing } from './open-recomputing.ts';

const PROBES = 300;
const CHANGES = 100;

/** In wall time, and each one's share of processor time: how long PostgreSQL needs for whom one footprint could meet; and a job for one change, partners' lists and storing included. */
export async function measureChanges(
  hub: BenchHub,
  { transaction, look, overlaps }: Recomputing,
  { n, seed }: { readonly n: number; readonly seed: number },
  report: Report,
): Promise<void> {
  const random = seeded(seed + 2);
  const someId = (): string => `prg_bench${String(random.below(n)).padStart(13, '0')}`;
  const line = (what: string, took: readonly number[], cpuMs: number): void => {
    const sorted = took.toSorted((a, b) => a - b);
    const [p50Ms = null, p99Ms = null] = [0.5, 0.99].map((share) =>
      rounded(sorted[Math.floor(share * took.length)] ?? 0),
    );
    report.line({
      bench: 'engine',
      what,
      side: 'concord',
      n,
      threads: 1,
      seed,
      p50Ms,
      p99Ms,
      cpuMs: rounded(cpuMs / took.length),
    });
  };
  /** Processor time of Node and PostgreSQL so far, in ms. */
  const cpuMs = async (): Promise<number> => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000 + ((await cpuMsOfTree(hub.postgresPid)) ?? 0);
  };
  const before = await cpuMs();
  const probes = await look(async ({ em }) => {
    const took: number[] = [];
    for (let at = 0; at < PROBES; at++) {
      const from = performance.now();
      await readMeeting(em, [someId()]);
      took.push(performance.now() - from);
    }
    return took;
  });
  const probed = await cpuMs();
  line('probe:sql', probes, probed - before);
  const changes: number[] = [];
  for (let at = 0; at < CHANGES; at++) {
    const id = someId();
    await withClient(hub.adminUrl, (client) =>
      client.query('update app.programme set starts_on = starts_on + 3, ends_on = ends_on + 3 where id = $1', [id]),
    );
    const from = performance.now();
    await transaction((work) => overlaps.matchFootprint(work, { subjectIds: [id] }));
    changes.push(performance.now() - from);
  }
  line('change', changes, (await cpuMs()) - probed);
}
