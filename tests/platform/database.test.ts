import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { freePort } from '../../platform/database/embedded/launch.ts';
import { explain, tail } from '../../platform/database/embedded/server-log.ts';
import { withDatabase, withUser } from '../../platform/database/login-url.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';
import { temporaryFolder } from './holder.ts';

const log = createLog('silent');

function nobodyListens(sentence: string): void {
  throw new Error(sentence);
}

test('without a URL the embedded database is opened with its three logins, and with its URL alone the same are used', async () => {
  const dataFolder = join(await temporaryFolder(onTestFinished), 'data');
  const own = await openDatabase(loadConfig({ CONCORD_DATA: dataFolder }), log, nobodyListens);
  onTestFinished(() => own.stop());
  expect(own.kind).toBe('embedded');
  const { rows } = await withClient(own.logins.appUrl, (client) => client.query('select current_user as name'));
  expect(rows).toEqual([{ name: 'concord_app' }]);

  const { appUrl, workerUrl, migratorUrl } = own.logins;
  const given = await openDatabase(
    loadConfig({ DATABASE_URL: appUrl, DATABASE_WORKER_URL: workerUrl, DATABASE_ADMIN_URL: migratorUrl }),
    log,
    nobodyListens,
  );
  expect(given).toMatchObject({ kind: 'given', logins: own.logins });
  await given.stop();
  await withClient(own.logins.appUrl, (client) => client.query('select 1'));

  await expect(
    openDatabase(loadConfig({ DATABASE_URL: withDatabase(appUrl, 'nowhere') }), log, nobodyListens),
  ).rejects.toThrow('PostgreSQL cannot be reached with DATABASE_URL: database "nowhere" does not exist.');
  await expect(
    openDatabase(loadConfig({ DATABASE_URL: withUser(appUrl, 'concord_app', 'hunter2') }), log, nobodyListens),
  ).rejects.toThrow(
    'PostgreSQL cannot be reached with DATABASE_URL: password authentication failed for user "concord_app".',
  );
});

test('a PostgreSQL that does not answer is told in one sentence without the password', async () => {
  const port = await freePort();
  const config = loadConfig({ DATABASE_URL: `postgresql://app:hunter2@127.0.0.1:${String(port)}/concord` });
  const failure = openDatabase(config, log, nobodyListens);
  await expect(failure).rejects.toThrow(
    `PostgreSQL cannot be reached with DATABASE_URL: connect ECONNREFUSED 127.0.0.1:${String(port)}.`,
  );
  await expect(failure).rejects.not.toThrow('hunter2');
});

test('a URL for another user or database keeps everything else', () => {
  const url = 'postgresql://root:old@db.example:6432/concord?sslmode=require';
  expect(withUser(url, 'concord_app', 'p@ss')).toBe(
    'postgresql://concord_app:p%40ss@db.example:6432/concord?sslmode=require',
  );
  expect(withDatabase(url, 'other')).toBe('postgresql://root:old@db.example:6432/other?sslmode=require');
  expect(withUser('postgresql:///concord?host=/run/postgresql', 'concord_app', 'pass')).toBe(
    'postgresql:///concord?host=%2Frun%2Fpostgresql&user=concord_app&password=pass',
  );
});

test('PostgreSQL’s own words are explained where there is a remedy', () => {
  expect(explain('FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device')).toBe(
    'The disk is full.',
  );
  expect(explain('FATAL:  could not map anonymous shared memory: Cannot allocate memory')).toBe(
    'There is not enough memory.',
  );
  expect(explain('PANIC:  could not locate a valid checkpoint record')).toBeNull();
  expect(
    tail(`${Array.from({ length: 20 }, (_, index) => `line ${String(index)}`).join('\n')}\n\n`).split('\n'),
  ).toEqual([...[12, 13, 14, 15, 16, 17, 18, 19].map((number) => `  line ${String(number)}`)]);
});
