import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { AccessService } from '../../core/access/access.service.ts';
import { openPeppers } from '../../core/access/peppers.ts';
import { rotatePepper } from '../../core/access/rotate-pepper.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { adminCommand } from '../../commands/admin/program.ts';
import { type OpenHub, openHub } from '../../commands/open-hub.ts';
import { clockSetTo, systemClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { hashFeedToken } from '../../core/feeds/feed.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let folder: string;
let database: TestDatabase;
let hub: OpenHub;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-admin-'));
  // The logins of the cluster are made already: with their passwords this hub joins them.
  await cp(inject('cluster').secretsFolder, join(folder, 'secrets'), { recursive: true });
  database = await testDatabase();
  hub = await openHub({ CONCORD_DATA: folder, DATABASE_URL: database.adminUrl, LOG_LEVEL: 'silent' });
});
afterAll(async () => {
  await hub.close();
  await database.drop();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  process.exitCode = undefined;
});

/** Gives a command; what it printed. */
async function admin(...words: string[]): Promise<string> {
  let said = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    await adminCommand(() => Promise.resolve({ ...hub, close: () => Promise.resolve() })).parseAsync(words, {
      from: 'user',
    });
  } finally {
    spy.mockRestore();
  }
  return said.trim();
}

const rows = (statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  withClient(
    database.adminUrl,
    async (client) => (await client.query<Record<string, unknown>>(statement, values)).rows,
  );
const audited = async (action: string): Promise<unknown[]> =>
  (await rows('select subject_id from app.audit where action = $1 order by id', [action])).map(
    (row) => row['subject_id'],
  );

test('the first coordinator’s key is printed once and opens the hub; a second one must be asked for', async () => {
  const key = await admin('create-coordinator');
  expect(await hub.services.access.authenticate(key)).toMatchObject({ role: 'coordinator', actorId: null });
  await expect(admin('create-coordinator')).rejects.toThrow('this hub has 1 coordinator already');
  const another = await admin('create-coordinator', '--another', '--label', 'Night watch');
  expect(await hub.services.access.authenticate(another)).toMatchObject({ label: 'Night watch' });
  expect(await audited('key.issued')).toHaveLength(2);
});

describe('a pepper', () => {
  const pepperOf = async (key: string): Promise<unknown> =>
    (await rows('select pepper from app.api_key where public_id = $1', [key.split('_')[2]]))[0]?.['pepper'];
  const use = async (): Promise<unknown> => JSON.parse(await admin('pepper', 'status', '--json'));
  const secretsFolder = (): string => join(folder, 'secrets');

  test('is rotated beside a running process: keys go on, and each is hashed anew when it is next used', async () => {
    const clock = clockSetTo(systemClock.now());
    const peppers = await openPeppers(secretsFolder(), hub.secrets.pepper, clock);
    const running = new AccessService(hub.orm, clock, systemRandomness, peppers);
    const [used, unused] = [
      await admin('create-coordinator', '--another'),
      await admin('create-coordinator', '--another'),
    ];
    await rows(
      `insert into app.calendar_feed (id, issued_by, role, label, token_hash, countries, corridors, themes, mine, observances, created_at)
       select 'cfd_1', id, 'coordinator', 'A feed', $1, '{}', '{}', '{}', false, false, now() from app.api_key where public_id = $2`,
      [hashFeedToken(hub.secrets.pepper, 'a token'), used.split('_')[2]],
    );
    const [, pepper = ''] = /Pepper (\w+) is/.exec(await admin('pepper', 'rotate')) ?? [];
    expect(await pepperOf(used)).toBe('first');
    clock.advance(60_000);
    expect(await running.authenticate(used)).not.toBeNull();
    expect(await pepperOf(used)).toBe(pepper);
    // A process that has not looked yet knows the new one as soon as a key names it.
    const late = await openPeppers(secretsFolder(), hub.secrets.pepper, clock);
    expect(await new AccessService(hub.orm, clock, systemRandomness, late).authenticate(used)).not.toBeNull();
    expect(await running.authenticate(`${used.slice(0, -10)}x_00000000`)).toBeNull();
    expect(await pepperOf(unused)).toBe('first');
    expect(await use()).toMatchObject([
      { id: 'first', current: false, feeds: 1 },
      { id: pepper, current: true, keys: 1, feeds: 0 },
    ]);

    await expect(admin('pepper', 'retire')).rejects.toThrow('Nothing was ended: 3 keys and 1 calendar feed were');
    expect(await late.find('first')).not.toBeNull();
    await hub.services.peppers.refresh();
    await hub.services.peppers.find(pepper);
    expect(await hub.services.feeds.calendar.read('a token')).not.toBeNull();
    expect(await use()).toMatchObject([{ feeds: 0 }, { feeds: 1 }]);
    expect(await hub.services.feeds.calendar.read('a token')).not.toBeNull();

    expect(await admin('pepper', 'retire', '--anyway')).toContain('3 keys and 0 calendar feeds stopped working');
    clock.advance(60_000);
    expect(await running.authenticate(unused)).toBeNull();
    expect(await running.authenticate(used)).not.toBeNull();
    expect(await audited('pepper.rotated')).toEqual([`pep_${pepper}`]);
    expect(await audited('pepper.retired')).toEqual(['pep_first']);
    expect(await admin('pepper', 'retire')).toContain('nothing to end');
  });

  test('whose rotation was killed between file and audit is finished by the next call, and no other is begun', async () => {
    const before = await readFile(join(secretsFolder(), 'peppers'), 'utf8');
    await expect(
      hub.services.unitOfWork.run(HUB_VIEWER, async (work) => {
        await rotatePepper(work, secretsFolder(), systemRandomness);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    const begun = await readFile(join(secretsFolder(), 'peppers'), 'utf8');
    expect(begun.startsWith(before)).toBe(true);
    expect(begun).not.toBe(before);
    const key = await admin('create-coordinator', '--another');
    expect(await admin('pepper', 'rotate')).toContain('which was begun before, is complete');
    expect(await readFile(join(secretsFolder(), 'peppers'), 'utf8')).toBe(begun);
    expect(await audited('pepper.rotated')).toHaveLength(2);
    expect(await hub.services.access.authenticate(key)).not.toBeNull();
  });

  test('whose file is damaged is said so', async () => {
    const file = join(secretsFolder(), 'peppers');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.slice(0, 20));
    await expect(openPeppers(secretsFolder(), hub.secrets.pepper, systemClock)).rejects.toThrow('peppers is damaged');
    await writeFile(file, whole);
  });
});

test('failed jobs are listed by name, retried with all their attempts, and given up', async () => {
  const { queues } = hub.workers;
  const queue = queues.queue('send-digest');
  // No mail server is configured, so that no worker of this process takes these.
  const fail = async (id: string): Promise<void> => {
    await queue.add('send-digest', { digestId: 'dig_1' }, { jobId: id, attempts: 1 });
    const worker = queues.worker('send-digest', () => Promise.reject(new Error('the mail server is away')), {});
    await new Promise<void>((resolve) =>
      worker.once('failed', () => {
        resolve();
      }),
    );
    await worker.close();
  };
  await fail('one-1');
  await fail('two-2');
  const listed = await admin('jobs');
  expect(listed).toContain('send-digest/one-1');
  expect(listed).toContain('after 1 attempt: the mail server is away  {"digestId":"dig_1"}');
  await expect(admin('jobs', 'retry')).rejects.toThrow('Say which jobs to retry');
  expect(await admin('jobs', 'retry', 'send-digest/one-1', 'send-digest/none-0')).toBe(
    '1 job retried.\nnot there, or not failed: send-digest/none-0',
  );
  expect(process.exitCode).toBe(1);
  const [waiting] = await queue.getJobs(['waiting']);
  expect(waiting).toMatchObject({ id: 'one-1', attemptsMade: 0 });
  expect(await admin('jobs', 'discard', '--all')).toBe('1 job discarded.');
  expect(await admin('jobs', 'list')).toBe('No failed jobs.');
  expect(await audited('job.retried')).toEqual(['send-digest']);
  expect(await audited('job.discarded')).toEqual(['send-digest']);
});

test('retention counts without deleting, then deletes; the audit is whole and the hub reconciles', async () => {
  await rows(`insert into app.probe_budget (party, day, used) values ('act_1', app.today() - 40, 1)`);
  expect(await admin('retention', '--dry-run')).toMatch(/daily-budgets +30 days {2}1 row would go/);
  expect(await rows('select party from app.probe_budget')).toHaveLength(1);
  expect(await admin('retention')).toMatch(/daily-budgets +30 days {2}1 row forgotten/);
  expect(await rows('select party from app.probe_budget')).toEqual([]);
  expect(await admin('verify-audit')).toContain('whole');
  expect(process.exitCode).toBeUndefined();
  await admin('reconcile');
  expect(process.exitCode).toBe(0);
});
