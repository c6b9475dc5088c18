import type { Target } from './target.ts';

export function forMs(ms: number): () => boolean {
  const until = performance.now() + ms;
  return () => performance.now() < until;
}

/** Requests a second of one client that asks for a list over and over. */
export async function rateOf({ url, client }: Target, goesOn: () => boolean): Promise<number> {
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

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
