import { expect } from 'vitest';
import type { Target } from './target.ts';

/** `npm run fuzz`: against a process of its own, with figures. Else a small version, which only looks whether anything breaks. */
export const IS_FULL = process.env['CONCORD_FUZZ'] === 'full';
export const SEED = process.env['CONCORD_SEED'] ?? 'fuzz 1';
const ALONE_MS = 5_000;
const FLOOD_MS = 15_000;
export const SLOWEST_REFUSAL_MS = 50;
const MOST_RSS_GROWTH_MB = 50;
export const LEAST_KEPT = 0.7;

export interface Figures {
  /** How many there were of each kind. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly refusedMs: readonly number[];
  /** Resident memory of the hub before and after, in MB; null where it cannot be read. */
  readonly rssMb: readonly [before: number | null, after: number | null];
}

/** Prints what a full run demands and what it found. @throws when memory grew too much */
export function judgeFigures({ kinds, refusedMs, rssMb: [before, after] }: Figures): void {
  const p99 = percentile(refusedMs, 0.99);
  process.stdout.write(
    `${[...kinds].map(([kind, count]) => `${kind} ${String(count)}`).join(', ')}\n` +
      `refused ${String(refusedMs.length)}: p50 ${percentile(refusedMs, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (demanded ≤ ${String(SLOWEST_REFUSAL_MS)} ms)\n` +
      `memory ${String(before?.toFixed(0))} → ${String(after?.toFixed(0))} MB (demanded: growth ≤ ${String(MOST_RSS_GROWTH_MB)})\n`,
  );
  expect.soft((after ?? 0) - (before ?? 0)).toBeLessThanOrEqual(MOST_RSS_GROWTH_MB);
}

/** How many requests a client is answered while somebody else floods the hub, in parts of what it was answered alone. */
export async function shareKept(target: Target, flood: (goesOn: () => boolean) => Promise<void>): Promise<number> {
  const alone = await rateOf(target, forMs(ALONE_MS));
  const flooding = forMs(FLOOD_MS);
  const [meanwhile] = await Promise.all([rateOf(target, flooding), flood(flooding)]);
  const kept = meanwhile / alone;
  process.stdout.write(
    `a client alone ${alone.toFixed(0)} requests/s, meanwhile ${(100 * kept).toFixed(0)} % of that (demanded ≥ ${String(100 * LEAST_KEPT)} %)\n`,
  );
  return kept;
}

function forMs(ms: number): () => boolean {
  const until = performance.now() + ms;
  return () => performance.now() < until;
}

/** Requests a second of one client that asks for a list over and over. */
async function rateOf({ url, client }: Target, goesOn: () => boolean): Promise<number> {
  const body = JSON.stringify({ query: '{ programmes(first: 20) { nodes { id name owner { name } } } }' });
  const started = performance.now();
  let answered = 0;
  do {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...client, 'content-type': 'application/json' },
      body,
    });
    await response.text();
    if (response.status === 200) answered += 1;
  } while (goesOn());
  return answered / ((performance.now() - started) / 1_000);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
