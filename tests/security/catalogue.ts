import type pg from 'pg';

/** What contradicts the promise, in words: `app.share: row level security is not forced`. */
type Exceptions = Promise<string[]>;

const COMMANDS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;
const READERS = ['concord_app', 'concord_worker'] as const;

/**
 * Everything in the catalogue that contradicts "the database decides", or nothing. It reads what PostgreSQL does, not what
 * migrations say, so that no way of making an object escapes it. The client is a superuser's.
 */
export async function catalogueExceptions(client: pg.Client): Exceptions {
  // With nothing on the path, PostgreSQL writes every name in full.
  await client.query(`select set_config('search_path', '', false)`);
  const found: string[] = [];
  for (const check of [unforcedTables, uncoveredTables, unwrappedCalls, looseHelpers, loudViews, looseDefiners, powers])
    found.push(...(await check(client)));
  return found;
}

/** How many objects the checks looked at, so that a figure of 0 exceptions says of how many. */
export async function catalogueSize(client: pg.Client): Promise<{ tables: number; policies: number }> {
  const [size] = await rowsOf<{ tables: number; policies: number }>(
    client,
    `select (select count(*)::int from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p')) as tables,
            (select count(*)::int from pg_policy) as policies`,
  );
  if (!size) throw new Error('the catalogue gave no row');
  return size;
}

async function rowsOf<T extends pg.QueryResultRow>(client: pg.Client, text: string): Promise<T[]> {
  return (await client.query<T>(text)).rows;
}

async function told(client: pg.Client, text: string): Exceptions {
  return (await rowsOf<{ exception: string }>(client, text)).map(({ exception }) => exception);
}

function unforcedTables(client: pg.Client): Exceptions {
  return told(
    client,
    `select format('app.%s: row level security is not %s', relname, case when relrowsecurity then 'forced' else 'enabled' end)
       as exception
     from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p')
       and not (relrowsecurity and relforcerowsecurity)
     union all
     select format('app.%s: a foreign table or materialized view has no policies', relname)
     from pg_class where relnamespace = 'app'::regnamespace and relkind in ('f', 'm')`,
  );
}

interface Policy {
  readonly table: string;
  readonly name: string;
  readonly restrictive: boolean;
  readonly roles: readonly string[];
  readonly command: string;
  readonly qual: string | null;
  readonly check: string | null;
}

function policies(client: pg.Client): Promise<Policy[]> {
  return rowsOf<Policy>(
    client,
    `select schemaname || '.' || tablename as table, policyname as name, permissive = 'RESTRICTIVE' as restrictive,
            roles::text[] as roles, cmd as command, qual, with_check as check
     from pg_policies where schemaname = 'app' order by 1, 2`,
  );
}

const NO_CONTEXT = '( SELECT app.has_context() AS has_context)';

/** A guard without which no context would not mean no rows; and nothing that is allowed or refused by omission. */
async function uncoveredTables(client: pg.Client): Exceptions {
  const tables = await rowsOf<{ name: string }>(
    client,
    `select 'app.' || relname as name from pg_class
     where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') order by 1`,
  );
  const all = await policies(client);
  return tables.flatMap(({ name }) => {
    const own = all.filter(({ table }) => table === name);
    const isGuard = (policy: Policy): boolean =>
      policy.restrictive &&
      policy.command === 'ALL' &&
      policy.roles.includes('concord_app') &&
      policy.qual === NO_CONTEXT &&
      policy.check === NO_CONTEXT;
    const covers = (role: string, command: string) => (policy: Policy) =>
      !policy.restrictive && policy.command === command && policy.roles.length === 1 && policy.roles[0] === role;
    return [
      ...(own.some(isGuard) ? [] : [`${name}: no restrictive guard for concord_app`]),
      ...READERS.flatMap((role) =>
        COMMANDS.filter((command) => !own.some(covers(role, command))).map(
          (command) => `${name}: no policy for ${command} by ${role}`,
        ),
      ),
      ...own
        .filter(({ roles }) => roles.includes('public'))
        .map((policy) => `${name}: policy ${policy.name} is for everybody`),
    ];
  });
}

/** PostgreSQL evaluates `( SELECT app.f(…) AS f)` once a statement, a bare `app.f(…)` once a row. */
async function unwrappedCalls(client: pg.Client): Exceptions {
  return (await policies(client)).flatMap(({ table, name, qual, check }) =>
    [qual, check].flatMap((expression) =>
      bareCalls(expression ?? '').map((call) => `${table}: policy ${name} calls ${call} outside a sub-select`),
    ),
  );
}

const CALL = /\b(app\.\w+|current_setting)\(/g;

/** Names of the functions that an expression of the catalogue calls anywhere but as the one thing a sub-select selects. */
export function bareCalls(expression: string): string[] {
  return [...expression.matchAll(CALL)].flatMap((match) => {
    const [whole, name = ''] = match;
    const before = expression.slice(0, match.index);
    const after = expression.slice(endOfCall(expression, match.index + whole.length));
    const wrapped = before.endsWith('( SELECT ') && / AS \w+\)/.exec(after)?.index === 0;
    return wrapped ? [] : [name];
  });
}

/** Where the parenthesis closes that is open at `start`. */
function endOfCall(expression: string, start: number): number {
  let open = 1;
  let at = start;
  for (; at < expression.length && open > 0; at += 1) {
    if (expression.charAt(at) === '(') open += 1;
    if (expression.charAt(at) === ')') open -= 1;
  }
  return at;
}

/** What a policy calls is decided by the statement's snapshot and by no caller's search path. */
function looseHelpers(client: pg.Client): Exceptions {
  return told(
    client,
    `select distinct format('%s: called by a policy but %s', p.oid::regprocedure,
       case when p.provolatile = 'v' then 'volatile' else 'what it means depends on a search path' end) as exception
     from pg_depend d join pg_proc p on p.oid = d.refobjid
     where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass
       and p.pronamespace = 'app'::regnamespace
       -- A body that PostgreSQL has parsed names what it calls once and for all.
       and (p.provolatile = 'v' or p.prosqlbody is null and not coalesce(p.proconfig, '{}') && '{search_path=,"search_path=\\"\\""}')`,
  );
}

function loudViews(client: pg.Client): Exceptions {
  return told(
    client,
    `select format('%s: a view that reads as its owner', oid::regclass) as exception from pg_class
     where relkind = 'v' and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       and not coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on,security_invoker=1}'`,
  );
}

/** Functions that look behind the rules: few, the owner's, deaf to the caller's search path, granted by name. */
function looseDefiners(client: pg.Client): Exceptions {
  return told(
    client,
    `select format('%s: security definer, but %s', oid::regprocedure, fault) as exception
     from pg_proc p,
       lateral (values
         (proowner <> 'concord_owner'::regrole, 'not owned by concord_owner'),
         (not coalesce(proconfig, '{}') && '{search_path=,"search_path=\\"\\""}', 'without a fixed search path'),
         (has_function_privilege('public', oid, 'EXECUTE'), 'everybody may call it')
       ) as faults (present, fault)
     where prosecdef and present
       and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
  );
}

/** The logins that serve people and jobs can do nothing but what policies and grants allow. */
async function powers(client: pg.Client): Exceptions {
  return [
    ...(await told(client, ATTRIBUTES)),
    ...(await told(client, MEMBERSHIPS)),
    ...(await told(client, OWNED_BY_APP)),
    ...(await told(client, PLACES_TO_CREATE)),
    ...(await told(client, RIGHTS_BEYOND_ROWS)),
  ];
}

const ATTRIBUTES = `
  select format('%s: %s', rolname, power) as exception
  from pg_roles, lateral (values
    (rolsuper, 'is a superuser'), (rolbypassrls, 'bypasses row level security'), (rolcreatedb, 'may create databases'),
    (rolcreaterole, 'may create roles'), (rolreplication, 'may replicate')) as powers (has, power)
  where rolname in ('concord_app', 'concord_worker', 'concord_owner', 'concord_migrator', 'concord_backup') and has`;

const MEMBERSHIPS = `
  select format('%s: may become %s', login.rolname, other.rolname) as exception
  from pg_roles login, pg_roles other
  where login.rolname in ('concord_app', 'concord_worker') and other.oid <> login.oid
    and (pg_has_role(login.oid, other.oid, 'MEMBER') or pg_has_role(login.oid, other.oid, 'SET'))`;

const OWNED_BY_APP = `
  select format('concord_app: owns %s', pg_describe_object(classid, objid, objsubid)) as exception
  from pg_shdepend
  where refclassid = 'pg_authid'::regclass and refobjid = 'concord_app'::regrole and deptype = 'o'
    and dbid in (0, (select oid from pg_database where datname = current_database()))
  union all
  select format('concord_worker: owns %s in schema app', relname) from pg_class
  where relnamespace = 'app'::regnamespace and relowner = 'concord_worker'::regrole`;

const PLACES_TO_CREATE = `
  select format('concord_app: may create in schema %s', nspname) as exception from pg_namespace
  where has_schema_privilege('concord_app', oid, 'CREATE')
  union all
  select 'concord_app: may use schema queue' from pg_namespace
  where nspname = 'queue' and has_schema_privilege('concord_app', oid, 'USAGE')
  union all
  select 'concord_worker: may create in schema app' where has_schema_privilege('concord_worker', 'app', 'CREATE')
  union all
  select format('concord_app: has %s on the database', power) from unnest('{TEMP,CREATE}'::text[]) as power
  where has_database_privilege('concord_app', current_database(), power)`;

/** Truncating and referencing pass by every policy; a trigger runs as whoever writes. */
const RIGHTS_BEYOND_ROWS = `
  select format('%s: has %s on %s', login, power, oid::regclass) as exception
  from pg_class, unnest('{concord_app,concord_worker}'::text[]) as login,
    unnest('{TRUNCATE,REFERENCES,TRIGGER,MAINTAIN}'::text[]) as power
  where relnamespace = 'app'::regnamespace and relkind in ('r', 'p', 'v', 'm')
    and has_table_privilege(login, oid, power)
  union all
  select format('concord_app: has %s on %s, outside schema app', power, c.oid::regclass)
  from pg_class c join pg_namespace n on n.oid = relnamespace,
    unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) as power
  where nspname <> 'app' and nspname <> 'information_schema' and nspname !~ '^pg_' and relkind in ('r', 'p', 'v', 'm', 'f')
    and has_table_privilege('concord_app', c.oid, power)`;
