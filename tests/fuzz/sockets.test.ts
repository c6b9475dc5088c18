import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandomness } from '../../platform/ids.ts';
import { chooser } from '../support/registry-steps.ts';
import { drawConversation, hold } from './conversations.ts';
import { IS_FULL, judgeFigures, SEED } from './measure.ts';
import { type Target, targetHere, targetProcess } from './target.ts';

const CONVERSATIONS = Number(process.env['CONCORD_FUZZ_CONVERSATIONS'] ?? (IS_FULL ? 20_000 : 200));
const SPEAKERS = 4;
const WARMING_UP = CONVERSATIONS / 4;

let target: Target;

beforeAll(async () => {
  target = IS_FULL ? await targetProcess() : await targetHere();
}, 120_000);
afterAll(() => target.close());

test('no conversation over a WebSocket breaks the hub', { timeout: 120_000 + CONVERSATIONS * 100 }, async () => {
  const choose = chooser(seededRandomness(SEED));
  const broken: string[] = [];
  const kinds = new Map<string, number>();
  const refusedMs: number[] = [];
  let held = 0;
  let crowded = 0;
  let rssBefore = null as number | null;

  const speak = async (): Promise<void> => {
    while (held < CONVERSATIONS) {
      held += 1;
      const index = held;
      const conversation = drawConversation(choose);
      const { kind, frames, ends } = conversation;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const { end, reason, ms } = await hold(target.url, target.attacker['authorization'] ?? '', conversation);
      // Of conversations that have just ended the server may not know yet.
      if (end === 4429 && reason.startsWith('At most')) crowded += 1;
      else if (end === 'silent' || !ends.includes(end))
        broken.push(`[${kind}] ${String(end)} ${reason} instead of ${ends.join()}: ${String(frames[0]).slice(0, 300)}`);
      if (index > WARMING_UP) {
        rssBefore ??= await target.rssMb();
        if (typeof end === 'number') refusedMs.push(ms);
      }
      if (!target.isRunning()) throw new Error(`the server ended after [${kind}] ${String(frames[0]).slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: SPEAKERS }, speak));
  const rssAfter = await target.rssMb();

  process.stdout.write(
    `${String(held)} conversations (seed "${SEED}"): ${String(broken.length)} ended otherwise than they may, ${String(crowded)} found no place\n`,
  );
  if (IS_FULL) {
    judgeFigures({ kinds, refusedMs, rssMb: [rssBefore, rssAfter] });
  }
  expect(broken.slice(0, 10)).toEqual([]);
  expect(target.faults().slice(0, 10)).toEqual([]);
  expect((await fetch(`${target.url}/healthz`)).status).toBe(200);
});
