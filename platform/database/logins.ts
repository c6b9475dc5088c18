import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { codeOf, messageOf, PlainError } from '../plain-error.ts';
import { readOrMakeSecret } from '../secrets.ts';
import { withUser } from './login-url.ts';
import {
  APP,
  ensureDatabaseObjects,
  ensureRoles,
  LOGIN_ROLES,
  type LoginRole,
  MIGRATOR,
  OWNER,
  WORKER,
} from './roles.ts';
import { scramVerifier } from './scram.ts';
import { withClient } from './with-client.ts';

/** The three logins of Concord on one database, as URLs. */
export interface Logins {
  readonly appUrl: string;
  readonly workerUrl: string;
  readonly migratorUrl: string;
}

const OLDEST_VERSION = 15;
const WRONG_PASSWORD = '28P01';
const NOT_PERMITTED = '42501';
/** What PostgreSQL answers when two starts make the same thing at once; the next attempt finds it made. */
const MET_ANOTHER = new Set(['23505', '42710', '42P06', '40001', '40P01']);
const ATTEMPTS = 10;
const RETRY_AFTER_MS = 50;

/**
 * Makes the roles, schemas, extensions and grants of Concord on the database of `adminUrl` where they are missing, and
 * gives the three logins the passwords kept under the folder (random, made at first use). Doing it again, for several
 * databases of one server or from several processes that share the folder, changes nothing.
 * @throws PlainError when PostgreSQL is too old, or the login of `adminUrl` may not do this.
 */
export async function ensureLogins(adminUrl: string, secretsFolder: string): Promise<Logins> {
  const passwords = new Map<LoginRole, string>();
  for (const role of LOGIN_ROLES) passwords.set(role, await readOrMakeSecret(secretsFolder, role));
  await withClient(adminUrl, async (client) => {
    await checkVersion(client);
    await checkMayCreateRoles(client);
    await untilAlone(client, async () => {
      await ensureRoles(client, new Map([...passwords].map(([role, password]) => [role, scramVerifier(password)])));
      await ensureDatabaseObjects(client);
    });
    for (const [role, password] of passwords) {
      if (await opens(withUser(adminUrl, role, password))) continue;
      const verifier = client.escapeLiteral(scramVerifier(password));
      await untilAlone(client, () => client.query(`alter role ${role} password ${verifier}`));
    }
  });
  const urlOf = (role: LoginRole): string => withUser(adminUrl, role, passwords.get(role) ?? '');
  return { appUrl: urlOf(APP), workerUrl: urlOf(WORKER), migratorUrl: urlOf(MIGRATOR) };
}

/**
 * Checks logins that somebody else made.
 * @throws PlainError when PostgreSQL is too old, row level security would not bind requests or jobs, or the migrator may
 * not act as the owner.
 */
export async function checkLogins(logins: Logins): Promise<Logins> {
  await checkBound('DATABASE_URL', logins.appUrl);
  await checkBound('DATABASE_WORKER_URL', logins.workerUrl);
  await withClient(logins.migratorUrl, async (client) => {
    const { rows } = await client.query<{ name: string; may: boolean }>(
      `select current_user as name, exists (
         select from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'MEMBER')) as may`,
      [OWNER],
    );
    if (rows[0]?.may === true) return;
    throw new PlainError(`DATABASE_ADMIN_URL logs in as "${rows[0]?.name ?? ''}", who is no member of role ${OWNER}.`);
  });
  return logins;
}

async function checkBound(variable: string, url: string): Promise<void> {
  await withClient(url, async (client) => {
    await checkVersion(client);
    const { name, superuser, bypassrls } = await whoAmI(client);
    if (!superuser && !bypassrls) return;
    throw new PlainError(
      `${variable} logs in as "${name}", whom row level security does not bind (superuser or BYPASSRLS): ` +
        'give it a login without, or set DATABASE_URL alone and Concord makes its own logins.',
    );
  });
}

interface Self {
  readonly name: string;
  readonly superuser: boolean;
  readonly bypassrls: boolean;
  readonly createrole: boolean;
}

async function whoAmI(client: pg.Client): Promise<Self> {
  const { rows } = await client.query<Self>(
    `select rolname as name, rolsuper as superuser, rolbypassrls as bypassrls, rolcreaterole as createrole
     from pg_roles where rolname = current_user`,
  );
  if (rows[0] === undefined) throw new Error('PostgreSQL does not list the current role.');
  return rows[0];
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
  );
  const [server] = rows;
  if (server === undefined || server.number >= OLDEST_VERSION * 10_000) return;
  throw new PlainError(`Concord needs PostgreSQL ${String(OLDEST_VERSION)} or later, this one is ${server.version}.`);
}

async function checkMayCreateRoles(client: pg.Client): Promise<void> {
  const { name, superuser, createrole } = await whoAmI(client);
  if (superuser || createrole) return;
  throw new PlainError(
    `DATABASE_URL logs in as "${name}", who may not create roles, so Concord cannot make its three logins. ` +
      'Either give it a login that may (CREATEROLE, and CREATE on the database), or set all three: ' +
      `DATABASE_URL (requests, role ${APP}), DATABASE_WORKER_URL (background work, role ${WORKER}) and ` +
      `DATABASE_ADMIN_URL (migrations, role ${MIGRATOR}).`,
  );
}

/** Runs the body in one transaction, again when another start was faster. Roles belong to the whole server, so no lock of one database would keep starts apart. */
async function untilAlone(client: pg.Client, body: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await client.query('begin');
    try {
      await body();
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback');
      if (codeOf(error) === NOT_PERMITTED) {
        throw new PlainError(
          `The login of DATABASE_URL may not prepare the database (${messageOf(error)}): it needs CREATEROLE, and ` +
            'CREATE on the database. Or have the roles made for you, and set DATABASE_WORKER_URL and DATABASE_ADMIN_URL too.',
        );
      }
      if (attempt === ATTEMPTS || !metAnother(error)) throw error;
      await delay(RETRY_AFTER_MS * attempt);
    }
  }
}

function metAnother(error: unknown): boolean {
  return MET_ANOTHER.has(codeOf(error) ?? '') || messageOf(error).startsWith('tuple concurrently');
}

/** Whether the login's password is right already. */
async function opens(url: string): Promise<boolean> {
  try {
    await withClient(url, () => Promise.resolve());
    return true;
  } catch (error) {
    if (codeOf(error) === WRONG_PASSWORD) return false;
    throw error;
  }
}
