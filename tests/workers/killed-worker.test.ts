import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addJobs } from '../../core/jobs/add-jobs.ts';
import { openQueues } from '../../platform/queue/queues.ts';
import { defineWorker } from '../../workers/runtime/define-worker.ts';
import { done } from '../../workers/runtime/outcome.ts';
import { Seen, type World, openWorld } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

test('the job of a process that was killed is taken over by another', async () => {
  const { workerUrl } = world.database;
  const queues = await openQueues({ url: workerUrl, schema: 'queue', log: world.log });
  const payload = { subjectIds: ['prg_1'] };
  await addJobs(queues, [{ request: { queue: 'match-footprint', payload }, key: 'outbox-1' }]);
  await queues.close();

  const script = join(import.meta.dirname, 'hanging-worker.ts');
  const flags = ['--experimental-transform-types', '--no-warnings'];
  const child = spawn(process.execPath, [...flags, script, workerUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const [started] = await Promise.race([once(child.stdout, 'data'), gone]);
  expect(String(started)).toBe('prg_1\n');
  child.kill('SIGKILL');
  await gone;

  const seen = new Seen<string>();
  const match = defineWorker({
    queue: 'match-footprint',
    handle: ({ subjectIds: [subjectId = ''] }) => {
      seen.add(subjectId);
      return Promise.resolve(done);
    },
  });
  await world.start([match]);
  expect(await seen.reached(1)).toEqual(['prg_1']);
});
