import { appendFile, chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { sealWaiting } from '../../core/audit/sealing.ts';
import { verifyAudit } from '../../core/audit/verify.ts';
import { adminCommand } from '../../commands/admin/program.ts';
import { type OpenHub, openHub } from '../../commands/open-hub.ts';
import { demoKeysIn } from '../../demo/demo-keys.ts';
import { loadDemo } from '../../demo/load-demo.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { catalogueExceptions } from '../security/catalogue.ts';
import { copyFolder, ownAs, takeBaseBackup } from './base-backup.ts';

const RESTORED_WITHIN_MS = 60_000;
/** How often we look whether a segment of the log is archived. */
const LOOK_EVERY_MS = 50;

let folder = '';
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

/** A hub on a data folder of its own. */
async function open(data: string): Promise<OpenHub> {
  const hub = await openHub({ CONCORD_DATA: data, LOG_LEVEL: 'silent' });
  closers.push(() => hub.close());
  return hub;
}

/** The superuser's login on the hub's embedded PostgreSQL. */
async function superuserOf({ appUrl, secretsFolder }: OpenHub): Promise<string> {
  const url = new URL(appUrl);
  url.username = 'postgres';
  url.password = encodeURIComponent((await readFile(join(secretsFolder, 'postgres-superuser'), 'utf8')).trim());
  return url.href;
}

/** What a hub holds, as one digest a table, and when; all as of one moment. */
async function contentOf(client: pg.Client): Promise<{ at: string; tables: Record<string, string> }> {
  await client.query('begin isolation level repeatable read read only');
  const { rows: names } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' and relname <> 'worker_heartbeat'
     order by relname`,
  );
  const tables: Record<string, string> = {};
  for (const { name } of names) {
    const { rows } = await client.query<{ told: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as told from app.${name} t`,
    );
    tables[name] = rows[0]?.told ?? '';
  }
  const { rows } = await client.query<{ at: string }>('select clock_timestamp()::text as at');
  await client.query('commit');
  return { at: rows[0]?.at ?? '', tables };
}

/** Every finding of a look at each page of every table and B-tree, and what the checksums of pages have caught. */
async function damageIn(client: pg.Client): Promise<{ looked: number; found: unknown[]; checksums: unknown }> {
  await client.query('create extension if not exists amcheck with schema public');
  const { rows: relations } = await client.query<{ oid: number; kind: string }>(
    `select c.oid, c.relkind as kind from pg_class c left join pg_am a on a.oid = c.relam
     where c.relnamespace in ('app'::regnamespace, 'queue'::regnamespace) and (c.relkind = 'r' or c.relkind = 'i' and a.amname = 'btree')`,
  );
  const found: unknown[] = [];
  for (const { oid, kind } of relations) {
    if (kind === 'r') found.push(...(await client.query(`select * from verify_heapam($1::regclass)`, [oid])).rows);
    else await client.query(`select bt_index_check($1::regclass, true)`, [oid]);
  }
  const { rows } = await client.query<{ checksums: string; failures: number }>(
    `select current_setting('data_checksums') as checksums, coalesce(sum(checksum_failures), 0)::int as failures from pg_stat_database`,
  );
  return { looked: relations.length, found, checksums: rows[0] };
}

async function archived(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ segment: string }>('select pg_walfile_name(pg_switch_wal()) as segment');
  for (;;) {
    const { rows: states } = await client.query<{ done: boolean }>(
      'select coalesce(last_archived_wal >= $1, false) as done from pg_stat_archiver',
      [rows[0]?.segment],
    );
    if (states[0]?.done) return;
    await delay(LOOK_EVERY_MS);
  }
}

async function sealed({ workerUnitOfWork: uow }: OpenHub): Promise<string> {
  while ((await uow.run(HUB_VIEWER, (work) => sealWaiting(work))) > 0);
  const { lastSeal } = await uow.look(HUB_VIEWER, (work) => verifyAudit(work, null));
  return lastSeal?.hash ?? '';
}

async function viewerOf(hub: OpenHub, key: string | undefined): Promise<Viewer> {
  const viewer = await hub.services.access.authenticate(key ?? '');
  if (viewer === null) throw new Error('the key opens nothing');
  return viewer;
}

test('a hub whose tables were dropped is restored to the moment before, with rights, audit, checksums and keys', async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-drill-'));
  // PostgreSQL, which may run as somebody else, writes into the archive below.
  await chmod(folder, 0o711);
  const [data, archive, backup, restored] = ['hub', 'archive', 'backup', 'restored'].map((name) => join(folder, name));
  if (!data || !archive || !backup || !restored) throw new Error('no folders');

  // What an operator sets once.
  const first = await open(data);
  await mkdir(archive);
  await ownAs(join(data, 'postgres'), archive);
  await withClient(await superuserOf(first), async (client) => {
    await client.query(`alter system set archive_mode = on`);
    await client.query(`alter system set archive_command = 'test ! -f "${archive}/%f" && cp "%p" "${archive}/%f"'`);
  });
  await first.close();

  const hub = await open(data);
  const adminUrl = await superuserOf(hub);
  const keysFile = join(folder, 'demo-keys.json');
  await loadDemo(hub.services, keysFile);
  await hub.quiet();
  const keys = (await demoKeysIn(keysFile)) ?? {};

  let startedAt = performance.now();
  await takeBaseBackup(adminUrl, join(data, 'postgres'), join(backup, 'postgres'));
  await cp(join(data, 'secrets'), join(backup, 'secrets'), { recursive: true });
  const backupMs = performance.now() - startedAt;

  // Written after the backup, so that only the log has it.
  const ngo = await viewerOf(hub, keys['ngo']);
  const programme = await hub.services.programmes.register(ngo, { name: 'Example programme after the backup' });
  if (programme.kind !== 'saved') throw new Error(JSON.stringify(programme));
  const contact = { of: programme.id, name: 'Example Person', email: 'person@example.org', purpose: 'for the drill' };
  expect(await hub.services.contacts.add(ngo, contact)).toMatchObject({ kind: 'saved' });
  await hub.quiet();
  const seal = await sealed(hub);
  const before = await withClient(adminUrl, contentOf);

  // The damage, and what is lost with it because it came later.
  expect(await hub.services.programmes.register(ngo, { name: 'Example programme too late' })).toMatchObject({
    kind: 'saved',
  });
  await withClient(adminUrl, async (client) => {
    await client.query('drop table app.programme, app.audit cascade');
    await archived(client);
  });
  await hub.close();

  startedAt = performance.now();
  const cluster = join(restored, 'postgres');
  await mkdir(restored);
  await copyFolder(join(backup, 'postgres'), cluster, 1);
  await cp(join(backup, 'secrets'), join(restored, 'secrets'), { recursive: true });
  // Not to be read while it recovers: it would call itself ready before it takes writes.
  await appendFile(
    join(cluster, 'postgresql.auto.conf'),
    `archive_mode = off\nhot_standby = off\nrestore_command = 'cp "${archive}/%f" "%p"'\nrecovery_target_time = '${before.at}'\nrecovery_target_action = 'promote'\n`,
  );
  await writeFile(join(cluster, 'recovery.signal'), '');
  await ownAs(cluster, join(cluster, 'recovery.signal'));
  const saved = await open(restored);
  const restoreMs = performance.now() - startedAt;

  const superuser = await superuserOf(saved);
  const after = await withClient(superuser, contentOf);
  // Read before anything is written there.
  expect(after.tables).toEqual(before.tables);
  const viewer = await viewerOf(saved, keys['ngo']);
  expect(await saved.services.contacts.of(viewer, programme.id)).toMatchObject([{ email: contact.email }]);
  expect(await saved.services.access.authenticate(`${keys['ngo'] ?? ''}0`)).toBeNull();
  expect(await withClient(superuser, catalogueExceptions)).toEqual([]);
  const audit = await saved.workerUnitOfWork.look(HUB_VIEWER, (work) => verifyAudit(work, seal));
  expect(audit).toMatchObject({ firstBreak: null, remembers: true });
  const damage = await withClient(superuser, damageIn);
  expect(damage).toMatchObject({ found: [], checksums: { checksums: 'on', failures: 0 } });
  await adminCommand(() => Promise.resolve({ ...saved, close: () => Promise.resolve() })).parseAsync(['reconcile'], {
    from: 'user',
  });
  expect(process.exitCode).toBe(0);
  process.exitCode = undefined;

  expect(restoreMs).toBeLessThan(RESTORED_WITHIN_MS);
  process.stdout.write(
    `drill:pitr: base backup ${(backupMs / 1000).toFixed(1)} s; restored and serving in ${(restoreMs / 1000).toFixed(1)} s (demanded: 60 s); ` +
      `${String(Object.keys(after.tables).length)} tables equal row by row, 0 exceptions in the catalogue, ${String(audit.seals)} seals whole, ` +
      `${String(damage.looked)} tables and indexes without damage, checksums on\n`,
  );
}, 300_000);
