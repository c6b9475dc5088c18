import { setTimeout as delay } from 'node:timers/promises';
import { killIfThere } from '../hub/cluster.ts';
import { type FaultHub, openFaultHub, type RunningServer } from '../hub/hub.ts';
import { drawing, type Draw } from '../hub/random.ts';
import { settle } from '../hub/settled.ts';
import type { Supervised } from '../hub/supervised.ts';
import type { Finding, Run } from '../promise.ts';
import { type Damage, findDamage } from './checks.ts';
import { type Ledger, newLedger, Writer } from './writer.ts';

const CLIENTS = 16;
const SETTLED_WITHIN_MS = 15_000;
const SMOKE_WITHIN_MS = 30_000;
/** Patience beyond the promise, so that a broken one is told with its figure. */
const WAITED_AT_MOST_MS = 90_000;

interface Size {
  readonly mutations: number;
  readonly faults: number;
  /** What a writer thinks at most between two mutations. */
  readonly pauseMs: number;
}

const FULL: Size = { mutations: 2_000, faults: 24, pauseMs: 600 };
const SMOKE: Size = { mutations: 300, faults: 6, pauseMs: 300 };
/** A fault comes this much after its share of the mutations is confirmed, at most: sometimes the hub is on its feet, sometimes not. */
const WHIM_MS = 1_000;

type Victim = 'server' | 'worker' | 'relay' | 'postgres' | 'one process of postgres';
/** As often as they stand here; a run goes through them in an order of its own. */
const VICTIMS: readonly Victim[] = ['server', 'postgres', 'worker', 'relay', 'server', 'one process of postgres'];

interface Processes {
  readonly hub: FaultHub;
  readonly server: RunningServer;
  readonly worker: Supervised;
  readonly relay: Supervised;
}

/** R1 and R2: nothing confirmed is lost and nothing is done twice, whoever is killed meanwhile. */
export async function crash({ seed, smoke, untimed = false, say }: Run): Promise<Finding> {
  const size = smoke ? SMOKE : FULL;
  const startedAt = performance.now();
  const hub = await openFaultHub();
  try {
    const parties = await hub.parties(CLIENTS);
    const processes: Processes = {
      hub,
      worker: hub.startWorker(),
      relay: hub.startRelay(),
      server: await hub.startServer(),
    };
    const ledger = newLedger();
    const writers = parties.map(
      (party, at) =>
        new Writer(
          party,
          processes.server.url,
          `Example ${String(at)}`,
          drawing(`${String(seed)} ${String(at)}`),
          ledger,
        ),
    );
    const [lastFaultAt] = await Promise.all([
      kill(processes, ledger, size, drawing(seed), say),
      write(writers, ledger, size, drawing(`pace ${String(seed)}`)),
    ]);
    say(`${String(ledger.acknowledged)} confirmed, nothing more is written`);
    const left = await settle(hub, WAITED_AT_MOST_MS);
    const settledMs = performance.now() - lastFaultAt;
    say(left === null ? `settled after ${inSeconds(settledMs)} s` : `not settled: ${JSON.stringify(left)}`);
    const damage = await findDamage(hub, ledger);
    const tookMs = performance.now() - startedAt;
    const inTime = settledMs <= SETTLED_WITHIN_MS && (!smoke || tookMs <= SMOKE_WITHIN_MS);
    const kept = left === null && isNone(damage) && (inTime || untimed);
    if (!kept) say(await account(hub, damage));
    return {
      id: smoke ? 'R2' : 'R1',
      command: smoke ? 'crash:smoke' : 'crash',
      demanded: `0 lost, 0 twice, equals the oracle, settled ≤ 15 s${smoke ? ', all ≤ 30 s' : ''}`,
      measured: [
        `${String(ledger.acknowledged)} confirmed, ${String(size.faults)} kills, ${String(ledger.unanswered)} without answer`,
        `${String(damage.lost.length)} lost, ${String(damage.duplicates.length)} twice, ${String(damage.wrong.length)} wrong`,
        `of ${String(damage.compared.records)} records, ${String(damage.compared.overlaps)} overlaps, ${String(damage.compared.drafts)} drafts`,
        `settled ${left === null ? `${inSeconds(settledMs)} s` : 'never'}, all ${inSeconds(tookMs)} s`,
      ].join('; '),
      seed,
      kept,
    };
  } finally {
    await hub.close();
  }
}

/** All writers at once. */
async function write(writers: readonly Writer[], ledger: Ledger, size: Size, draw: Draw): Promise<void> {
  let begun = 0;
  await Promise.all(
    writers.map(async (writer) => {
      while (begun < size.mutations) {
        begun += 1;
        await writer.writeOne();
        await delay(draw.below(size.pauseMs));
      }
    }),
  );
  if (ledger.acknowledged < size.mutations) throw new Error('fewer mutations were confirmed than were begun');
}

/** Kills one after the other, spread over the mutations; resolves with the instant of the last fault. */
async function kill(
  { hub, server, worker, relay }: Processes,
  ledger: Ledger,
  size: Size,
  draw: Draw,
  say: Run['say'],
): Promise<number> {
  const victims = Array.from({ length: size.faults / VICTIMS.length }, () => draw.shuffled(VICTIMS)).flat();
  const restarts: Promise<void>[] = [];
  let at = performance.now();
  for (const [index, victim] of victims.entries()) {
    const share = (size.mutations * (index + 1)) / (victims.length + 1);
    while (ledger.acknowledged < share) await delay(10);
    await delay(draw.below(WHIM_MS));
    // What was done to PostgreSQL before must be over: it cannot be killed while it is being started.
    await Promise.all(restarts.splice(0));
    at = performance.now();
    say(`${String(ledger.acknowledged)} confirmed; SIGKILL of ${victim}`);
    switch (victim) {
      case 'server':
        await server.kill();
        break;
      case 'worker':
        await worker.kill();
        break;
      case 'relay':
        await relay.kill();
        break;
      case 'postgres':
        restarts.push(hub.cluster.killAll());
        break;
      case 'one process of postgres':
        killIfThere(draw.of((await hub.cluster.processes()).slice(1)));
        break;
    }
  }
  await Promise.all(restarts);
  return at;
}

const isNone = ({ lost, duplicates, wrong }: Damage): boolean => lost.length + duplicates.length + wrong.length === 0;

const SHOWN = 20;

async function account(hub: FaultHub, { lost, duplicates, wrong }: Damage): Promise<string> {
  const first = (name: string, all: readonly string[]): string[] => all.slice(0, SHOWN).map((one) => `${name}: ${one}`);
  const found = [...first('lost', lost), ...first('twice', duplicates), ...first('wrong', wrong)];
  return [...found, (await hub.logs()).slice(-8_000)].join('\n');
}

const inSeconds = (ms: number): string => (ms / 1_000).toFixed(1);
