import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandomness } from '../../platform/ids.ts';
import { readSchema } from '../security/fields.ts';
import { chooser } from '../support/registry-steps.ts';
import { drawConversation, hold } from './conversations.ts';
import { Inputs } from './inputs.ts';
import { IS_FULL, LEAST_KEPT, SEED, shareKept } from './measure.ts';
import { send } from './send.ts';
import { type Target, targetProcess } from './target.ts';

const SENDERS = 4;

/** Measured, and so by `npm run fuzz` only. */
describe.runIf(IS_FULL)('whoever sends what is refused leaves others the hub', { timeout: 120_000 }, () => {
  let target: Target;
  beforeAll(async () => {
    target = await targetProcess({ slowing: true });
  }, 120_000);
  afterAll(() => target.close());

  const senders = (sendOne: () => Promise<unknown>) => async (goesOn: () => boolean) => {
    const one = async (): Promise<void> => {
      while (goesOn()) await sendOne();
    };
    await Promise.all(Array.from({ length: SENDERS }, one));
  };

  test('by requests', async () => {
    const inputs = new Inputs(readSchema(), chooser(seededRandomness(SEED)), target.ids);
    const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
    const flood = senders(() => send(target.url, target.attacker, inputs.next(), agent));
    expect(await shareKept(target, flood)).toBeGreaterThanOrEqual(LEAST_KEPT);
    agent.destroy();
  });

  test('over WebSockets', async () => {
    const choose = chooser(seededRandomness(SEED));
    const key = target.attacker['authorization'] ?? '';
    const flood = senders(() => hold(target.url, key, drawConversation(choose)));
    expect(await shareKept(target, flood)).toBeGreaterThanOrEqual(LEAST_KEPT);
  });
});
