import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { ObservanceKind } from './observance.ts';

/** An observance as somebody entered it. */
export interface ObservanceRow {
  readonly id: string;
  /** For whom it was entered; null: coordinators. */
  readonly ownerId: string | null;
  readonly kind: ObservanceKind;
  readonly name: string;
  /** `YYYY-MM-DD`, both included. */
  readonly startsOn: string;
  readonly endsOn: string;
  /** None: everywhere. */
  readonly countries: readonly string[];
  readonly reason: string | null;
  readonly source: string;
  readonly estimated: boolean;
}

export interface StoredObservance extends ObservanceRow {
  readonly version: number;
  readonly withdrawn: boolean;
}

/** One that the viewer sees; null when there is none. */
export async function findObservance({ em }: Work, id: string): Promise<StoredObservance | null> {
  const { rows } = await sql<StoredObservance>`
    select id, (select owner_id from observance_author where observance_id = observance.id) as "ownerId", kind, name, starts_on::text as "startsOn", ends_on::text as "endsOn", countries, reason, source,
      estimated, version, withdrawn_at is not null as withdrawn from observance where id = ${id}`.execute(
    em.getKysely(),
  );
  return rows[0] ?? null;
}

export async function insertObservance({ em, now }: Work, row: ObservanceRow): Promise<void> {
  await sql`insert into observance (id, owner_id, kind, name, starts_on, ends_on, countries, reason, source, estimated, created_at, updated_at)
    values (${row.id}, ${row.ownerId}, ${row.kind}, ${row.name}, ${row.startsOn}, ${row.endsOn}, ${row.countries}, ${row.reason},
      ${row.source}, ${row.estimated}, ${now}, ${now})`.execute(em.getKysely());
}

/** Stores an observance anew; false when it is another version by now. */
export async function updateObservance(
  { em, now }: Work,
  row: ObservanceRow & { readonly withdrawn: boolean },
  expectedVersion: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update observance set kind = ${row.kind}, name = ${row.name}, starts_on = ${row.startsOn}, ends_on = ${row.endsOn},
      countries = ${row.countries}, reason = ${row.reason}, source = ${row.source}, estimated = ${row.estimated},
      withdrawn_at = ${row.withdrawn ? now : null}, updated_at = ${now}, version = version + 1
    where id = ${row.id} and version = ${expectedVersion}`.execute(em.getKysely());
  return numAffectedRows === 1n;
}

/** Where the viewer's own verified actor is based, ISO 3166-1 alpha-2; nowhere when it acts for none. */
export async function readOwnCountries({ em }: Work): Promise<readonly string[]> {
  const { rows } = await sql<{ countries: string[] | null }>`
    select case when app.is_member() then app.my_countries() end as countries`.execute(em.getKysely());
  return rows[0]?.countries ?? [];
}
