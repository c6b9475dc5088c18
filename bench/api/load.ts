import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { BenchQuery } from './queries.ts';
import type { Side } from './sides.ts';

/** What a load of requests gave. */
export interface Load {
  readonly requests: number;
  readonly rps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface AutocannonResult {
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
  readonly requests: { readonly average: number };
  readonly latency: { readonly p50: number; readonly p99: number };
}

const run = promisify(execFile);
const autocannon = createRequire(new URL('../package.json', import.meta.url)).resolve('autocannon');

/** Asks one question over and over on 32 connections, from a process of its own. @throws when any answer is not a 200. */
export async function load(side: Side, query: BenchQuery, seconds: number): Promise<Load> {
  const { url, headers, body } = side.request(query);
  const flags = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const args = ['-j', '-n', '-m', 'POST', '-c', '32', '-d', String(seconds), ...flags, '-b', body, url];
  const { stdout } = await run(process.execPath, [autocannon, ...args], { maxBuffer: 10 ** 8 });
  const result = JSON.parse(stdout) as AutocannonResult;
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${side.name} ${query.name}: ${String(result.non2xx)} refused, ${String(result.errors)} failed`);
  }
  const { p50, p99 } = result.latency;
  return { requests: result['2xx'], rps: Math.round(result.requests.average), p50Ms: p50, p99Ms: p99 };
}

/** Asks once. @throws when there is no data in the answer. */
export async function ask(side: Side, query: BenchQuery): Promise<unknown> {
  const { url, headers, body } = side.request(query);
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  const answer = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (!response.ok || answer.errors !== undefined || answer.data === undefined)
    throw new Error(`${side.name}: ${text}`);
  return answer.data;
}
