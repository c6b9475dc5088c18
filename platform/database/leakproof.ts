import type pg from 'pg';

/**
 * What filters of lists compare with. Under row level security PostgreSQL looks into an index with a condition only when its function
 * is marked as telling nothing of the values it sees; else it applies the policies to every row of the table first.
 *
 * It is true of them as we use them: arrays of texts are compared text by text, which cannot fail; and LIKE complains only of patterns
 * that end in an escape character, which ours never do. See `docs/decisions/0040`.
 */
const FUNCTIONS = ['arrayoverlap(anyarray, anyarray)', 'arraycontains(anyarray, anyarray)', 'textlike(text, text)'];

/** Marks these functions in one database where that is not done and the login may: a superuser's. Otherwise lists that are filtered by them read whole tables. */
export async function markLeakproof(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) as name join pg_proc on oid = ('pg_catalog.' || name)::regprocedure
     where not proleakproof and (select rolsuper from pg_roles where rolname = current_user)`,
    [FUNCTIONS],
  );
  for (const { name } of rows) await client.query(`alter function pg_catalog.${name} leakproof`);
}
