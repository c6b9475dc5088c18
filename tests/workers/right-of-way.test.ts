import { expect, test } from 'vitest';
import { RightOfWay } from '../../workers/runtime/right-of-way.ts';

const first = { way: 'first' } as const;
const gives = { way: 'gives' } as const;
const running = new AbortController().signal;

/** Work that says when it begins, and ends when it is told to. */
function job(name: string, said: string[]) {
  const began = Promise.withResolvers<undefined>();
  const end = Promise.withResolvers<undefined>();
  const work = async (): Promise<string> => {
    said.push(`${name} began`);
    began.resolve(undefined);
    await end.promise;
    said.push(`${name} ended`);
    return name;
  };
  const finish = (): void => {
    end.resolve(undefined);
  };
  return { work, finish, began: began.promise };
}

test('where nothing goes first, nothing waits', async () => {
  const way = new RightOfWay();
  const said: string[] = [];
  const jobs = [job('a', said), job('b', said), job('c', said)];
  const done = jobs.map(({ work }, at) => way.inTurn(at === 2 ? {} : gives, running, work));
  await Promise.all(jobs.map(({ began }) => began));
  for (const { finish } of jobs) finish();
  expect(await Promise.all(done)).toEqual(['a', 'b', 'c']);
});

test('while something goes first all the time, work that gives way is done all the same, one at a time', async () => {
  const way = new RightOfWay();
  const said: string[] = [];
  const endless = job('endless', said);
  const going = way.inTurn(first, running, endless.work);
  const jobs = ['a', 'b', 'c'].map((name) => job(name, said));
  const done = jobs.map(({ work }) => way.inTurn(gives, running, work));
  for (const { began, finish } of jobs) {
    await began;
    finish();
  }
  await Promise.all(done);
  expect(said).toEqual(['endless began', 'a began', 'a ended', 'b began', 'b ended', 'c began', 'c ended']);
  endless.finish();
  await going;
});

test('what goes first does not wait for what gives way, nor does anything when the process stops', async () => {
  const way = new RightOfWay();
  const said: string[] = [];
  const stopping = new AbortController();
  const [slow, waiting, urgent] = [job('slow', said), job('waiting', said), job('urgent', said)];
  const done = [way.inTurn(gives, running, slow.work), way.inTurn(first, running, urgent.work)];
  await Promise.all([slow.began, urgent.began]);
  done.push(way.inTurn(gives, stopping.signal, waiting.work));
  expect(said).not.toContain('waiting began');
  stopping.abort();
  await waiting.began;
  for (const { finish } of [slow, waiting, urgent]) finish();
  expect(await Promise.all(done)).toEqual(['slow', 'urgent', 'waiting']);
});

test('work that fails lets others go on', async () => {
  const way = new RightOfWay();
  const fault = new Error('it failed');
  for (const policy of [first, gives, {}])
    await expect(way.inTurn(policy, running, () => Promise.reject(fault))).rejects.toBe(fault);
  const said: string[] = [];
  const next = job('next', said);
  next.finish();
  expect(await way.inTurn(gives, running, next.work)).toBe('next');
});
