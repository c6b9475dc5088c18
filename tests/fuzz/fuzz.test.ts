import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandomness } from '../../platform/ids.ts';
import { ERROR_CODES } from '../../server/http/errors.ts';
import { readSchema } from '../security/fields.ts';
import { chooser } from '../support/registry-steps.ts';
import { type Input, Inputs } from './inputs.ts';
import { IS_FULL, judgeFigures, SEED, SLOWEST_REFUSAL_MS } from './measure.ts';
import { send } from './send.ts';
import { type Target, targetHere, targetProcess } from './target.ts';

const INPUTS = Number(process.env['CONCORD_FUZZ_INPUTS'] ?? (IS_FULL ? 20_000 : 1_000));
const SENDERS = 4;
/** So many at first are not measured: caches fill and compilers warm up. */
const WARMING_UP = INPUTS / 4;

let target: Target;

beforeAll(async () => {
  target = IS_FULL ? await targetProcess() : await targetHere();
}, 120_000);
afterAll(() => target.close());

/** What went wrong, with the input that did it. */
interface Broken {
  readonly why: string;
  readonly input: Input;
  readonly text: string;
}

test('no input breaks the hub', { timeout: 120_000 + INPUTS * 100 }, async () => {
  const inputs = new Inputs(readSchema(), chooser(seededRandomness(SEED)), target.ids);
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  const broken: Broken[] = [];
  const kinds = new Map<string, number>();
  const refusedMs: number[] = [];
  const slowest: { ms: number; input: Input }[] = [];
  let busy = 0;
  let sent = 0;
  let rssBefore = null as number | null;

  const one = async (): Promise<void> => {
    while (sent < INPUTS) {
      sent += 1;
      const index = sent;
      const input = inputs.next();
      kinds.set(input.kind, (kinds.get(input.kind) ?? 0) + 1);
      const outcome = await send(target.url, target.attacker, input, agent).catch((error: unknown) => String(error));
      if (typeof outcome === 'string') {
        broken.push({ why: outcome, input, text: '' });
        continue;
      }
      const { status, text, ms } = outcome;
      const codes = codesOf(text);
      if (status === 503 && codes.includes('UNAVAILABLE')) busy += 1;
      else if (status >= 500 || codes.includes('INTERNAL')) broken.push({ why: String(status), input, text });
      if (text.startsWith('{"errors"')) {
        const unknown = codes.filter((code) => !ERROR_CODES.some((known) => known === code));
        if (unknown.length > 0) broken.push({ why: `code ${unknown.join()}`, input, text });
      }
      if (index > WARMING_UP) {
        rssBefore ??= await target.rssMb();
        if (status >= 400 || text.startsWith('{"errors"')) {
          refusedMs.push(ms);
          if (ms > SLOWEST_REFUSAL_MS) slowest.push({ ms, input });
        }
      }
      if (!target.isRunning()) throw new Error(`the server ended after ${describe(input)}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, one));
  const rssAfter = await target.rssMb();
  agent.destroy();

  const faults = target.faults();
  process.stdout.write(
    `${String(sent)} inputs (seed "${SEED}"): ${String(broken.length)} broke something, ${String(busy)} found no place\n`,
  );
  if (IS_FULL) {
    judgeFigures({ kinds, refusedMs, rssMb: [rssBefore, rssAfter] });
    process.stdout.write(
      slowest
        .sort((a, b) => b.ms - a.ms)
        .slice(0, 8)
        .map(({ ms, input }) => `slow: ${ms.toFixed(0)} ms ${describe(input)}\n`)
        .join(''),
    );
  }
  expect(
    broken.slice(0, 10).map(({ why, input, text }) => `${why}: ${describe(input)} → ${text.slice(0, 400)}`),
  ).toEqual([]);
  expect(faults.slice(0, 10)).toEqual([]);
  expect((await fetch(`${target.url}/healthz`)).status).toBe(200);
});

/** Of its errors; the data may hold codes of its own. */
function codesOf(text: string): unknown[] {
  if (!text.startsWith('{')) return [];
  const { errors = [] } = JSON.parse(text) as { errors?: readonly { extensions?: { code?: unknown } }[] };
  return errors.map(({ extensions }) => extensions?.code);
}

function describe({ kind, method, path, headers, body }: Input): string {
  return `[${kind}] ${method} ${path.slice(0, 80)} ${JSON.stringify(headers).slice(0, 200)} ${Buffer.from(body).toString().slice(0, 600)}`;
}
