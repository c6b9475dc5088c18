import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { ImportResult } from './enter-records.ts';
import type { ImportItem } from './import-item.ts';
import type { ImportCounts, ImportOptions, ImportState } from './import-run.ts';
import type { Mapping } from './mapping.ts';

/** An import as its sender's work reads it. */
export interface StoredRun {
  readonly id: string;
  readonly fileName: string;
  readonly state: ImportState;
  readonly version: number;
  readonly options: ImportOptions;
  readonly created: number;
  readonly changed: number;
}

/** Days for which bytes are kept that nobody applies. */
const KEPT_DAYS = 7;

export interface NewRun {
  readonly id: string;
  readonly fileName: string;
  readonly digest: string;
  readonly content: Uint8Array;
  readonly state: ImportState;
}

export async function insertRun({ em, viewer, now }: Work, run: NewRun): Promise<void> {
  const db = em.getKysely();
  const { id, fileName, digest, content, state } = run;
  await sql`insert into import_run (id, party, sender_key, sender_user, sender_role, sender_actor, sender_scopes, file_name, digest,
      bytes, state, created_at)
    values (${id}, app.party(), ${viewer.keyId}, ${viewer.userId}, ${viewer.role}, ${viewer.actorId}, ${[...viewer.scopes]}, ${fileName},
      ${digest}, ${content.length}, ${state}, ${now})`.execute(db);
  await sql`insert into import_file (run_id, party, content, expires_on)
    values (${id}, app.party(), ${Buffer.from(content)}, app.today() + ${KEPT_DAYS}::int)`.execute(db);
}

/** How many imports of this party wait with their bytes. */
export async function countWaiting({ em }: Work): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from import_file where party = app.party()`.execute(em.getKysely());
  return rows[0]?.count ?? 0;
}

/** The import, held until the transaction ends; null when there is none that the viewer sees. */
export async function holdRun({ em }: Work, id: string): Promise<StoredRun | null> {
  const { rows } = await sql<StoredRun>`
    select id, file_name as "fileName", state, version, options, created, changed from import_run where id = ${id} for update`.execute(
    em.getKysely(),
  );
  return rows[0] ?? null;
}

/** The same without holding it: the work on it tells how far it is in transactions of their own. */
export async function findRun({ em }: Work, id: string): Promise<StoredRun | null> {
  const { rows } = await sql<StoredRun>`
    select id, file_name as "fileName", state, version, options, created, changed from import_run where id = ${id}`.execute(
    em.getKysely(),
  );
  return rows[0] ?? null;
}

/** Its bytes; null when they are not kept any more. */
export async function readContent({ em }: Work, id: string): Promise<Uint8Array | null> {
  const { rows } = await sql<{ content: Uint8Array }>`
    select content from import_file where run_id = ${id} and expires_on >= app.today()`.execute(em.getKysely());
  return rows[0]?.content ?? null;
}

export async function forgetContent({ em }: Work, id: string): Promise<void> {
  await sql`delete from import_file where run_id = ${id}`.execute(em.getKysely());
}

/** A step of a person: to another state, with other options, as a version of its own. */
export async function moveRun({ em }: Work, id: string, state: ImportState, options?: ImportOptions): Promise<void> {
  const kept = options === undefined ? sql`options` : sql`${JSON.stringify(options)}::jsonb`;
  await sql`update import_run set state = ${state}, options = ${kept}, failure = null, done = 0, total = 0, version = version + 1
    where id = ${id}`.execute(em.getKysely());
}

/** How far the work is; not once it has ended. @returns whether it is still under way */
export async function noteProgress({ em }: Work, id: string, done: number, total: number): Promise<boolean> {
  const { rows } = await sql`update import_run set done = ${done}, total = ${total}
    where id = ${id} and state in ('READING', 'APPLYING', 'ROLLING_BACK') returning id`.execute(em.getKysely());
  return rows.length > 0;
}

export interface Finished {
  readonly state: 'READY' | 'APPLIED';
  readonly format: string;
  readonly mapping: Mapping | null;
  readonly result: ImportResult;
}

/** What reading or applying found, in place of what was found before. */
export async function finishRun(work: Work, id: string, { state, format, mapping, result }: Finished): Promise<void> {
  const { em, now } = work;
  const counts: ImportCounts = result.counts;
  const appliedAt = state === 'APPLIED' ? now : null;
  await sql`update import_run set state = ${state}, format = ${format}, mapping = ${mapping === null ? null : JSON.stringify(mapping)}::jsonb,
      matches = ${JSON.stringify(result.matches)}::jsonb, rows = ${counts.rows}, differing = ${counts.distinct}, records = ${counts.records}, created = ${counts.created},
      changed = ${counts.changed}, unchanged = ${counts.unchanged}, merged = ${counts.merged}, refused = ${counts.refused},
      registered = ${counts.registered}, done = ${counts.records}, total = ${counts.records}, applied_at = ${appliedAt},
      version = version + 1
    where id = ${id}`.execute(em.getKysely());
  await replaceItems(work, id, result.items);
}

/** Items written with one statement. */
const STORED_AT_ONCE = 2_000;

async function replaceItems(work: Work, runId: string, items: readonly ImportItem[]): Promise<void> {
  const db = work.em.getKysely();
  await sql`delete from import_item where run_id = ${runId}`.execute(db);
  for (let from = 0; from < items.length; from += STORED_AT_ONCE) {
    const chunk = items
      .slice(from, from + STORED_AT_ONCE)
      .map((item, index) => ({ id: work.newId('imi'), position: from + index + 1, ...item }));
    await sql`insert into import_item (id, run_id, party, position, rows, outcome, kind, source_key, name, record_id, fields, remarks,
        before, made_version)
      select id, ${runId}, app.party(), position, rows, outcome, kind, "sourceKey", name, "recordId", fields, remarks, before, "madeVersion"
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as given (id text, position int, rows int[], outcome text, kind text,
        "sourceKey" text, name text, "recordId" text, fields text[], remarks jsonb, before jsonb, "madeVersion" int)`.execute(
      db,
    );
  }
}

/** Ends work that cannot succeed, with the reason in a sentence; for the worker too, which sees nothing else of it. */
export async function failRun({ em }: Work, id: string, failure: string): Promise<void> {
  await sql`update import_run set state = 'FAILED', failure = ${failure}, version = version + 1
    where id = ${id} and state in ('READING', 'APPLYING', 'ROLLING_BACK')`.execute(em.getKysely());
}

/** What imports of this party have written today (UTC). */
export async function writtenToday({ em }: Work): Promise<number> {
  const { rows } = await sql<{ written: number }>`
    select coalesce(sum(created + changed), 0)::int as written from import_run
    where party = app.party() and applied_at >= app.today()::timestamp at time zone 'utc'`.execute(em.getKysely());
  return rows[0]?.written ?? 0;
}

export async function rememberedMapping({ em }: Work, headers: string): Promise<Mapping | null> {
  const { rows } = await sql<{ mapping: Mapping }>`
    select mapping from import_mapping where party = app.party() and headers = ${headers}`.execute(em.getKysely());
  return rows[0]?.mapping ?? null;
}

export async function rememberMapping({ em, now }: Work, headers: string, mapping: Mapping): Promise<void> {
  await sql`insert into import_mapping (party, headers, mapping, updated_at)
    values (app.party(), ${headers}, ${JSON.stringify(mapping)}::jsonb, ${now})
    on conflict (party, headers) do update set mapping = excluded.mapping, updated_at = excluded.updated_at`.execute(
    em.getKysely(),
  );
}
