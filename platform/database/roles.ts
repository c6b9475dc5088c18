import type pg from 'pg';
import { markLeakproof } from './leakproof.ts';

/** The role that owns schema `app`; nobody logs in as it. */
export const OWNER = 'concord_owner';
/** Serves requests: owns nothing, bypasses nothing. */
export const APP = 'concord_app';
/** Runs background jobs and owns the queue's schema. */
export const WORKER = 'concord_worker';
/** Reads every row, for backups; nobody logs in as it, whoever makes backups becomes a member. */
export const BACKUP = 'concord_backup';
/** Runs migrations by `SET ROLE concord_owner`. */
export const MIGRATOR = 'concord_migrator';

export type LoginRole = typeof APP | typeof WORKER | typeof MIGRATOR;
export const LOGIN_ROLES: readonly LoginRole[] = [APP, WORKER, MIGRATOR];
const ROLES_WITHOUT_LOGIN = [OWNER, BACKUP];

const APP_SCHEMA = 'app';
const QUEUE_SCHEMA = 'queue';
const SEARCH_PATH = `${APP_SCHEMA}, public`;
const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gist', 'pgcrypto'];

interface RoleState {
  readonly name: string;
  readonly login: boolean;
  readonly inherit: boolean;
  readonly superuser: boolean;
  readonly bypassrls: boolean;
  readonly createdb: boolean;
  readonly createrole: boolean;
  readonly replication: boolean;
  readonly settings: readonly string[];
}

/**
 * Makes the five roles, or takes away from existing ones what they must not have. Each statement runs only where
 * something differs, so that a warm start writes nothing and parallel starts rarely meet.
 * @param verifiers the password verifier a login role is created with.
 */
export async function ensureRoles(client: pg.Client, verifiers: ReadonlyMap<LoginRole, string>): Promise<void> {
  const { rows } = await client.query<RoleState>(
    `select rolname as name, rolcanlogin as login, rolinherit as inherit, rolsuper as superuser, rolbypassrls as bypassrls,
            rolcreatedb as createdb, rolcreaterole as createrole, rolreplication as replication,
            coalesce(rolconfig, '{}') as settings
     from pg_roles where rolname = any($1)`,
    [[...ROLES_WITHOUT_LOGIN, ...LOGIN_ROLES]],
  );
  const existing = new Map(rows.map((role) => [role.name, role]));

  for (const role of ROLES_WITHOUT_LOGIN) await ensureRole(client, existing.get(role), role, 'nologin');
  for (const role of LOGIN_ROLES) {
    const verifier = client.escapeLiteral(verifiers.get(role) ?? '');
    await ensureRole(client, existing.get(role), role, `login password ${verifier}`);
    if (existing.get(role)?.settings.includes(`search_path=${SEARCH_PATH}`) !== true) {
      await client.query(`alter role ${role} set search_path = ${SEARCH_PATH}`);
    }
  }
  if (await lacks(client, `pg_has_role('${MIGRATOR}', '${OWNER}', 'MEMBER')`)) {
    await client.query(`grant ${OWNER} to ${MIGRATOR}`);
  }
}

async function ensureRole(client: pg.Client, role: RoleState | undefined, name: string, kind: string): Promise<void> {
  if (role === undefined) {
    await client.query(
      `create role ${name} ${kind} noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication`,
    );
    return;
  }
  const changes = [
    ...(role.login === !ROLES_WITHOUT_LOGIN.includes(name) ? [] : [role.login ? 'nologin' : 'login']),
    ...(role.inherit ? ['noinherit'] : []),
    // Only what differs: naming `nosuperuser` at all takes a superuser.
    ...(role.superuser ? ['nosuperuser'] : []),
    ...(role.bypassrls ? ['nobypassrls'] : []),
    ...(role.createdb ? ['nocreatedb'] : []),
    ...(role.createrole ? ['nocreaterole'] : []),
    ...(role.replication ? ['noreplication'] : []),
  ];
  if (changes.length > 0) await client.query(`alter role ${name} ${changes.join(' ')}`);
}

/** Makes schemas, extensions and grants of the one database the client is connected to; the roles must exist. */
export async function ensureDatabaseObjects(client: pg.Client): Promise<void> {
  await actFor(client, [OWNER, WORKER]);
  await ensureSchema(client, APP_SCHEMA, OWNER);
  await ensureSchema(client, QUEUE_SCHEMA, WORKER);
  for (const role of [APP, WORKER, BACKUP]) {
    if (await lacks(client, `has_schema_privilege('${role}', '${APP_SCHEMA}', 'USAGE')`)) {
      await client.query(`grant usage on schema ${APP_SCHEMA} to ${role}`);
    }
  }
  for (const extension of EXTENSIONS) {
    if (await lacks(client, `exists (select from pg_extension where extname = '${extension}')`)) {
      await client.query(`create extension if not exists ${extension} with schema public`);
    }
  }
  await revokeWhatEverybodyHas(client);
  await markLeakproof(client);
}

async function ensureSchema(client: pg.Client, schema: string, owner: string): Promise<void> {
  if (await lacks(client, `exists (select from pg_namespace where nspname = '${schema}')`)) {
    await client.query(`create schema ${schema} authorization ${owner}`);
  }
}

/** Who is no superuser creates schemas for a role only as its member; having created the role does not make it one. */
async function actFor(client: pg.Client, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    if (await lacks(client, `pg_has_role('${role}', 'USAGE')`)) await client.query(`grant ${role} to current_user`);
  }
}

/** PUBLIC may create temporary tables in a new database and, in those upgraded from before 15, tables in `public`. */
async function revokeWhatEverybodyHas(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  const database = rows[0]?.name ?? '';
  if (!(await lacks(client, `has_database_privilege('${APP}', current_database(), 'TEMPORARY')`))) {
    await client.query(`revoke temporary on database ${database} from public`);
  }
  if (!(await lacks(client, `has_schema_privilege('${APP}', 'public', 'CREATE')`))) {
    await client.query('revoke create on schema public from public');
  }
}

async function lacks(client: pg.Client, condition: string): Promise<boolean> {
  const { rows } = await client.query<{ met: boolean }>(`select ${condition} as met`);
  return rows[0]?.met !== true;
}
