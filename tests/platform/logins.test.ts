import { randomUUID } from 'node:crypto';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startEmbedded } from '../../platform/database/embedded.ts';
import { withDatabase, withUser } from '../../platform/database/login-url.ts';
import { checkLogins, ensureLogins, type Logins } from '../../platform/database/logins.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';
import { readOrMakeSecret } from '../../platform/secrets.ts';
import { temporaryFolder } from './holder.ts';

/** Roles belong to a whole server, so these tests have one of their own, where nobody minds what they do to them. */
let server: Server;
beforeAll(async () => {
  server = await newServer(onTestsFinished);
});

interface Server {
  readonly adminUrl: string;
  readonly secretsFolder: string;
}

async function newServer(register: (cleanUp: () => Promise<void>) => void): Promise<Server> {
  const folder = await temporaryFolder(register);
  const { adminUrl, stop } = await startEmbedded({ folder, log: createLog('silent'), durable: false });
  register(stop);
  return { adminUrl, secretsFolder: join(folder, 'secrets') };
}

const cleanUps: (() => Promise<void>)[] = [];
function onTestsFinished(cleanUp: () => Promise<void>): void {
  cleanUps.unshift(cleanUp);
}
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

async function run(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  return withClient(url, async (client) => {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
    return rows;
  });
}

/** An empty database of the test's own. */
async function newDatabase(owner = 'postgres', adminUrl = server.adminUrl): Promise<string> {
  const name = `logins_${randomUUID().replaceAll('-', '')}`;
  await run(adminUrl, `create database ${name} owner ${owner}`);
  return withDatabase(adminUrl, name);
}

/** A login that is no superuser, as hosted PostgreSQL gives one. */
async function newLogin(attributes: string, adminUrl = server.adminUrl): Promise<{ name: string; password: string }> {
  const login = { name: `login_${randomUUID().replaceAll('-', '')}`, password: randomUUID() };
  await run(adminUrl, `create role ${login.name} login password '${login.password}' ${attributes}`);
  return login;
}

async function newLogins(): Promise<Logins> {
  return ensureLogins(await newDatabase(), server.secretsFolder);
}

test('each of the three logins opens the database as its own role, with app before public', async () => {
  const logins = await newLogins();
  const who = `select current_user as name, current_setting('search_path') as path`;
  expect(await run(logins.appUrl, who)).toEqual([{ name: 'concord_app', path: 'app, public' }]);
  expect(await run(logins.workerUrl, who)).toEqual([{ name: 'concord_worker', path: 'app, public' }]);
  expect(await run(logins.migratorUrl, who)).toEqual([{ name: 'concord_migrator', path: 'app, public' }]);
});

test('nobody but the superuser may do what would get round the policies', async () => {
  await newLogins();
  const powers = await run(
    server.adminUrl,
    `select rolname as name, rolcanlogin as login, rolinherit as inherit,
            rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as powerful
     from pg_roles where rolname like 'concord\\_%' order by rolname`,
  );
  expect(powers).toEqual([
    { name: 'concord_app', login: true, inherit: false, powerful: false },
    { name: 'concord_backup', login: false, inherit: false, powerful: false },
    { name: 'concord_migrator', login: true, inherit: false, powerful: false },
    { name: 'concord_owner', login: false, inherit: false, powerful: false },
    { name: 'concord_worker', login: true, inherit: false, powerful: false },
  ]);
});

test('the app login can create nothing and act as nobody else', async () => {
  const { appUrl } = await newLogins();
  for (const statement of [
    'create table app.mine (id int)',
    'create table public.mine (id int)',
    'create temporary table mine (id int)',
    'create schema mine',
    'create role mine',
    'set role concord_owner',
    'set role concord_worker',
  ]) {
    await expect(run(appUrl, statement), statement).rejects.toMatchObject({ code: '42501' });
  }
});

test('the app login cannot look into the queue, where the worker is at home', async () => {
  const { appUrl, workerUrl } = await newLogins();
  await run(workerUrl, 'create table queue.job (id int)', 'grant select on queue.job to public');
  await expect(run(appUrl, 'select * from queue.job')).rejects.toMatchObject({ code: '42501' });
  expect(await run(workerUrl, 'select * from queue.job')).toEqual([]);
});

test('the migrator creates as the owner and has no power of its own', async () => {
  const { migratorUrl } = await newLogins();
  await expect(run(migratorUrl, 'create table app.thing (id int)')).rejects.toMatchObject({ code: '42501' });
  const owners = await run(
    migratorUrl,
    'set role concord_owner',
    'create table app.thing (id int)',
    `select tableowner as owner from pg_tables where schemaname = 'app'`,
  );
  expect(owners).toEqual([{ owner: 'concord_owner' }]);
});

test('the extensions are there for every login to use', async () => {
  const { appUrl } = await newLogins();
  expect(await run(appUrl, `select unaccent('Brčko') as plain, similarity('Bali', 'Balii') > 0.5 as near`)).toEqual([
    { plain: 'Brcko', near: true },
  ]);
});

test('doing it again changes neither roles nor passwords nor schemas', async () => {
  const database = await newDatabase();
  const first = await ensureLogins(database, server.secretsFolder);
  const state = `select
      (select string_agg(a::text, ',' order by rolname) from pg_authid a where rolname like 'concord\\_%') as roles,
      (select string_agg(n::text, ',' order by nspname) from pg_namespace n where nspname in ('app', 'queue', 'public')) as schemas`;
  const before = await run(database, state);
  expect(await ensureLogins(database, server.secretsFolder)).toEqual(first);
  expect(await run(database, state)).toEqual(before);
});

test('many starts at once, on one database and on several, all succeed', async () => {
  const databases = [await newDatabase(), await newDatabase(), await newDatabase()];
  const starts = [...databases, ...databases].map((database) => ensureLogins(database, server.secretsFolder));
  for (const { appUrl } of await Promise.all(starts)) {
    expect(await run(appUrl, 'select current_user as name')).toEqual([{ name: 'concord_app' }]);
  }
});

test('powers that somebody gave to the app login are taken away again at the next start', async () => {
  const database = await newDatabase();
  await ensureLogins(database, server.secretsFolder);
  await run(server.adminUrl, 'alter role concord_app bypassrls createrole inherit');
  await ensureLogins(database, server.secretsFolder);
  expect(
    await run(
      server.adminUrl,
      `select rolbypassrls, rolcreaterole, rolinherit from pg_roles where rolname = 'concord_app'`,
    ),
  ).toEqual([{ rolbypassrls: false, rolcreaterole: false, rolinherit: false }]);
});

test('a hosted login that may create roles and owns the database is enough on an untouched server', async () => {
  const hosted = await newServer(onTestFinished);
  const login = await newLogin('createrole', hosted.adminUrl);
  const database = withUser(await newDatabase(login.name, hosted.adminUrl), login.name, login.password);
  const logins = await ensureLogins(database, hosted.secretsFolder);
  expect(await ensureLogins(database, hosted.secretsFolder)).toEqual(logins);
  expect(await run(logins.appUrl, 'select current_user as name')).toEqual([{ name: 'concord_app' }]);
  await expect(run(logins.appUrl, 'create table app.mine (id int)')).rejects.toMatchObject({ code: '42501' });
  await run(logins.migratorUrl, 'set role concord_owner', 'create table app.thing (id int)');
  await run(logins.workerUrl, 'create table queue.job (id int)');
});

test('a login that may create roles but nothing in the database is told what it lacks', async () => {
  const hosted = await newServer(onTestFinished);
  const login = await newLogin('createrole', hosted.adminUrl);
  const database = withUser(await newDatabase('postgres', hosted.adminUrl), login.name, login.password);
  await expect(ensureLogins(database, hosted.secretsFolder)).rejects.toThrow(
    /may not prepare the database \(permission denied for database .*CREATE on the database/,
  );
});

test('a login that may not create roles is refused with the variables to set instead', async () => {
  const login = await newLogin('');
  const database = withUser(await newDatabase(), login.name, login.password);
  await expect(ensureLogins(database, server.secretsFolder)).rejects.toThrow(
    new RegExp(
      `^DATABASE_URL logs in as "${login.name}", who may not create roles.*` +
        'DATABASE_URL .*concord_app.*DATABASE_WORKER_URL .*concord_worker.*DATABASE_ADMIN_URL .*concord_migrator',
      's',
    ),
  );
});

test('given logins pass when they are powerless, and are refused when row level security would not bind them', async () => {
  const database = await newDatabase();
  const logins = await ensureLogins(database, server.secretsFolder);
  expect(await checkLogins(logins)).toEqual(logins);
  await expect(checkLogins({ ...logins, appUrl: database })).rejects.toThrow(
    'DATABASE_URL logs in as "postgres", whom row level security does not bind',
  );
  await expect(checkLogins({ ...logins, workerUrl: database })).rejects.toThrow('DATABASE_WORKER_URL logs in as');
  await expect(checkLogins({ ...logins, migratorUrl: logins.appUrl })).rejects.toThrow(
    'DATABASE_ADMIN_URL logs in as "concord_app", who is no member of role concord_owner.',
  );
});

test('a secret is 256 random bits, the same ever after, and readable by its owner alone', async () => {
  const folder = join(await temporaryFolder(onTestFinished), 'secrets');
  const made = await Promise.all(Array.from({ length: 8 }, () => readOrMakeSecret(folder, 'one')));
  expect(new Set(made).size).toBe(1);
  expect(Buffer.from(made[0] ?? '', 'base64url')).toHaveLength(32);
  expect(await readdir(folder)).toEqual(['one']);

  const file = join(folder, 'one');
  await chmod(file, 0o644);
  expect(await readOrMakeSecret(folder, 'one')).toBe((await readFile(file, 'utf8')).trim());
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readOrMakeSecret(folder, 'two')).not.toBe(made[0]);

  await writeFile(file, '\n');
  await expect(readOrMakeSecret(folder, 'one')).rejects.toThrow(`${file} is empty`);
});
