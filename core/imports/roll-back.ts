import { sql } from 'kysely';
import { recordEach } from '../access/audit.ts';
import type { Work } from '../access/unit-of-work.ts';
import { announce } from '../footprints/announce.ts';
import type { HolderKind } from '../footprints/holder.rules.ts';
import { type RegistryServices, inWords, revise } from './registry-services.ts';
import type { FieldName, ImportedFields } from './imported-fields.ts';
import { toInput } from './imported-fields.ts';
import type { Provenance } from './stored-records.ts';

/** How each kind is taken back, and what would be inside it. */
const KINDS = {
  calendar_entry: {
    close: (reason: string) => sql`status = 'cancelled', cancelled_reason = ${reason}`,
    inside: null,
    action: 'calendar-entry.cancelled',
  },
  campaign: {
    close: (reason: string, now: Date) => sql`cancelled_at = ${now}, cancelled_reason = ${reason}`,
    inside: { table: 'calendar_entry', column: 'campaign_id' },
    action: 'campaign.cancelled',
  },
  programme: {
    close: (reason: string, now: Date) => sql`withdrawn_at = ${now}, withdrawn_reason = ${reason}`,
    inside: { table: 'campaign', column: 'programme_id' },
    action: 'programme.withdrawn',
  },
} as const satisfies Record<HolderKind, unknown>;

/** From the bottom up, so that nothing is taken back while something of the same file is inside it. */
const ORDER = ['calendar_entry', 'campaign', 'programme'] as const;

const REASON = 'The import that entered it was rolled back.';

/**
 * Takes back what an import wrote, in the caller's transaction. Records it entered are withdrawn or cancelled, which is final, and
 * give their identifier free, so that the file can be imported again; nothing is deleted, because others may have seen them. Records
 * it changed say again what they said. What people changed since, or put something into, is kept as it is. Organisations that were
 * registered stay. Each item says what became of it.
 */
export async function rollBack(work: Work, services: RegistryServices, runId: string): Promise<void> {
  for (const kind of ORDER) await withdrawEntered(work, kind, runId);
  await restoreChanged(work, services, runId);
}

async function withdrawEntered(work: Work, kind: HolderKind, runId: string): Promise<void> {
  const db = work.em.getKysely();
  const { close, inside, action } = KINDS[kind];
  const isInside = inside
    ? sql`exists (select from ${sql.table(inside.table)} part where part.${sql.ref(inside.column)} = record.id
        and not exists (select from import_item own where own.run_id = ${runId} and own.record_id = part.id and own.undone = 'WITHDRAWN'))`
    : sql`false`;
  const table = sql.table(kind);
  const { rows } = await sql<{ id: string }>`
    update ${table} as record set ${close(REASON, work.now)}, external_scheme = null, external_id = null,
      version = record.version + 1, updated_at = ${work.now}
    where record.id in (select record.id from import_item i join ${table} record on record.id = i.record_id
      where i.run_id = ${runId} and i.outcome = 'CREATED' and i.kind = ${kind} and record.version = i.made_version
      order by record.id for update of record)
      and not ${isInside}
    returning record.id`.execute(db);
  const ids = rows.map(({ id }) => id);
  await recordEach(work, action, ids);
  announce(work, ids);
  await sql`delete from import_provenance where record_id = any(${ids})`.execute(db);
  await sql`update import_item set undone = 'WITHDRAWN' where run_id = ${runId} and outcome = 'CREATED' and record_id = any(${ids})`.execute(
    db,
  );
  await sql`update import_item i set undone = 'KEPT', undone_because = case
      when not exists (select from ${table} record where record.id = i.record_id) then 'It is not yours to see any more.'
      when exists (select from ${table} record where record.id = i.record_id and record.version <> i.made_version) then 'It was changed since.'
      else 'Something was planned inside it since.' end
    where run_id = ${runId} and outcome = 'CREATED' and kind = ${kind} and undone is null`.execute(db);
}

interface ChangedItem {
  readonly id: string;
  readonly kind: HolderKind;
  readonly recordId: string;
  readonly sourceKey: string;
  readonly madeVersion: number;
  readonly before: {
    readonly fields: Readonly<Partial<ImportedFields>>;
    readonly provenance: Provenance['fields'] | null;
    readonly calledOff: boolean;
  };
}

async function restoreChanged(work: Work, services: RegistryServices, runId: string): Promise<void> {
  const db = work.em.getKysely();
  const { rows } = await sql<ChangedItem>`
    select id, kind, record_id as "recordId", source_key as "sourceKey", made_version as "madeVersion", before from import_item
    where run_id = ${runId} and outcome = 'CHANGED' order by position desc`.execute(db);
  for (const item of rows) {
    const kept = await restore(work, services, item);
    await sql`update import_item set undone = ${kept === null ? 'RESTORED' : 'KEPT'}, undone_because = ${kept} where id = ${item.id}`.execute(
      db,
    );
  }
}

/** @returns why the record keeps what the import gave it, or null when it has its own again. */
async function restore(work: Work, services: RegistryServices, item: ChangedItem): Promise<string | null> {
  const { kind, recordId, sourceKey, madeVersion, before } = item;
  if (before.calledOff) return 'It was called off, which is final.';
  const names = Object.keys(before.fields) as FieldName[];
  const input = { id: recordId, expectedVersion: madeVersion, ...toInput(before.fields, names) };
  const outcome = await revise(services, kind, { ...work, uncharged: true }, input);
  work.em.clear();
  if (outcome.kind === 'stale') return 'It was changed since.';
  if (outcome.kind !== 'saved') return inWords(outcome);
  const db = work.em.getKysely();
  // Of what other files say of it too, nothing is taken back.
  const itsOwn = sql`record_id = ${recordId} and source_key = ${sourceKey}`;
  if (before.provenance === null) await sql`delete from import_provenance where ${itsOwn}`.execute(db);
  else {
    await sql`update import_provenance set fields = ${JSON.stringify(before.provenance)}::jsonb where ${itsOwn}`.execute(
      db,
    );
  }
  return null;
}
