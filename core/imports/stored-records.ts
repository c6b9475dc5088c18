import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { HolderKind } from '../footprints/holder.rules.ts';
import type { StatedFootprint } from '../footprints/stated-footprint.ts';

/** A record of the hub that something in a file is. */
export interface StoredRecord {
  readonly id: string;
  readonly version: number;
  /** Withdrawn or cancelled: it does not change any more. */
  readonly closed: boolean;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  /** Exact places included, where the sender may know them. */
  readonly stated: StatedFootprint;
  readonly identifier: { readonly scheme: string; readonly value: string } | null;
  readonly partners: readonly { readonly actor: string; readonly role: string }[];
  readonly recurrence: string | null;
}

/** Where a field of a record comes from. */
export interface FieldSource {
  readonly run: string;
  readonly row: number;
  readonly column: string | null;
  /** Digest of the value that the file had. */
  readonly digest: string;
}

export interface Provenance {
  readonly recordId: string;
  readonly fields: Readonly<Record<string, FieldSource>>;
}

export interface Wanted {
  readonly owner: string;
  readonly key: string;
  readonly scheme: string | null;
  readonly value: string | null;
}

export interface FoundRecord {
  readonly provenance: Provenance | null;
  /** Null: the hub has none, or the sender does not see it. */
  readonly record: StoredRecord | null;
}

/** What each kind's table has of its own. */
const OWN: Readonly<Record<HolderKind, { closed: string; recurrence: string; partners: string }>> = {
  programme: {
    closed: 'r.withdrawn_at is not null',
    recurrence: 'null::text',
    partners: `(select coalesce(json_agg(json_build_object('actor', actor_id, 'role', role)), '[]') from programme_partner where programme_id = r.id)`,
  },
  campaign: { closed: 'r.cancelled_at is not null', recurrence: 'null::text', partners: `'[]'::json` },
  calendar_entry: { closed: `r.status = 'cancelled'`, recurrence: 'r.recurrence', partners: `'[]'::json` },
};

/** What the hub has of what a file says, in the order asked: found by where records come from, else by identifier. In one statement. */
export async function findRecords({ em }: Work, kind: HolderKind, wanted: readonly Wanted[]): Promise<FoundRecord[]> {
  if (wanted.length === 0) return [];
  const { closed, recurrence, partners } = OWN[kind];
  const { rows } = await sql<{ provenance: Provenance | null; record: StoredRecord | null }>`
    with wanted as materialized (
      select w.*, v.record_id, v.fields, coalesce(v.record_id, (select id from ${sql.table(kind)} i
        where i.owner_id = w.owner and i.external_scheme = w.scheme and i.external_id = w.value)) as found
      from rows from (jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as (owner text, key text, scheme text, value text))
        with ordinality as w (owner, key, scheme, value, position)
      left join import_provenance v on v.owner_id = w.owner and v.kind = ${kind} and v.source_key = w.key)
    select case when w.record_id is not null then jsonb_build_object('recordId', w.record_id, 'fields', w.fields) end as provenance,
      case when r.id is not null then jsonb_build_object('id', r.id, 'version', r.version, 'closed', ${sql.raw(closed)}, 'name', r.name,
        'names', r.names, 'description', r.description, 'descriptions', r.descriptions,
        'stated', case when exact.subject_id is null then r.stated when exact.stated is null then r.stated - 'places'
          else r.stated || jsonb_build_object('places', exact.stated) end,
        'identifier', case when r.external_id is not null then jsonb_build_object('scheme', r.external_scheme, 'value', r.external_id) end,
        'partners', ${sql.raw(partners)}, 'recurrence', ${sql.raw(recurrence)}) end as record
    from wanted w left join ${sql.table(kind)} r on r.id = w.found left join exact_place exact on exact.subject_id = r.id
    order by w.position`.execute(em.getKysely());
  return rows;
}

/** Where a record's fields come from now. */
export interface NewProvenance {
  readonly owner: string;
  readonly key: string;
  readonly recordId: string;
  readonly fields: Provenance['fields'];
}

export async function keepProvenance(
  { em }: Work,
  kind: HolderKind,
  runId: string,
  provenance: readonly NewProvenance[],
): Promise<void> {
  if (provenance.length === 0) return;
  await sql`insert into import_provenance (owner_id, kind, source_key, record_id, run_id, fields)
    select owner, ${kind}, key, "recordId", ${runId}, fields from jsonb_to_recordset(${JSON.stringify(provenance)}::jsonb)
      as given (owner text, key text, "recordId" text, fields jsonb)
    on conflict (owner_id, kind, source_key) do update set
      record_id = excluded.record_id, run_id = excluded.run_id, fields = excluded.fields`.execute(em.getKysely());
}
