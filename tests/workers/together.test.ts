import { expect, test } from 'vitest';
import { together } from '../../workers/runtime/together.ts';

test('whoever asks while a round is under way is served by the next one, up to its size', async () => {
  const rounds: (readonly string[])[] = [];
  const gate = Promise.withResolvers<undefined>();
  const began = Promise.withResolvers<undefined>();
  const ask = together(async (items: readonly string[], context: string) => {
    rounds.push(items);
    began.resolve(undefined);
    await gate.promise;
    return `${context}: ${items.join(' ')}`;
  }, 3);
  const first = ask(['a'], 'first');
  await began.promise;
  const later = [ask(['b'], 'second'), ask(['c', 'b'], 'third'), ask(['d'], 'fourth')];
  gate.resolve(undefined);
  expect(await first).toBe('first: a');
  expect(await Promise.all(later)).toEqual(['second: b c', 'second: b c', 'fourth: d']);
  expect(rounds).toEqual([['a'], ['b', 'c'], ['d']]);
});

test('nobody fails for another', async () => {
  const ask = together((items: readonly string[]) => {
    if (items.includes('bad')) return Promise.reject(new Error('a bad one'));
    return Promise.resolve(items.length);
  }, 10);
  const answers = await Promise.allSettled([ask(['a'], null), ask(['bad'], null), ask(['b', 'c'], null)]);
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed'))).toEqual([1, 'failed', 2]);
});
