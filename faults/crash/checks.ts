import { isDeepStrictEqual } from 'node:util';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { isWhole, sayAudit } from '../../core/audit/say-audit.ts';
import { verifyAudit } from '../../core/audit/verify.ts';
import { FootprintService, storedFootprints } from '../../core/footprints/footprint.service.ts';
import { queueNames } from '../../core/jobs/contract.ts';
import { storedOverlaps } from '../../core/overlaps/overlap.store.ts';
import { isClean, sayReport } from '../../core/reconcile/report.ts';
import { ReconcileService } from '../../core/reconcile/reconcile.service.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { systemClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { differencesFromTheDomain } from '../../tests/support/domain-differences.ts';
import { type FaultHub, openWorkerOrm } from '../hub/hub.ts';
import { openQueuesOf } from '../hub/settled.ts';
import type { Ledger } from './writer.ts';

/** What a hub that keeps its promises has none of. */
export interface Damage {
  /** Confirmed writes that are not there, or not as confirmed. */
  readonly lost: string[];
  /** Rows and effects that are there once too often. */
  readonly duplicates: string[];
  /** Where stored overlaps, suggestions or gaps are not what the registry says, or the audit is not what was sealed. */
  readonly wrong: string[];
  /** How many records and overlaps were compared, so that nobody takes nothing for a success. */
  readonly compared: { readonly records: number; readonly overlaps: number; readonly drafts: number };
}

export async function findDamage(hub: FaultHub, ledger: Ledger): Promise<Damage> {
  const registry = await compareRegistry(hub, ledger);
  const derived = await compareDerived(hub);
  return {
    ...registry,
    wrong: [...derived.wrong, ...(await failedJobs(hub))],
    compared: { records: ledger.records.length, ...derived.compared },
  };
}

interface StoredRecord {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly audited: number;
  readonly announced: number;
}

/** Every record with how often it was audited and announced to matching: once for each version. */
const REGISTRY = `
  with record as (
    select 'programme' as kind, id, name, version from app.programme
    union all select 'campaign', id, name, version from app.campaign
    union all select 'calendar_entry', id, name, version from app.calendar_entry
  ),
  announced as (
    select subject, count(*)::int as times from app.outbox_event, jsonb_array_elements_text(payload -> 'subjectIds') as subject
    where kind = 'record.changed' group by subject
  ),
  audited as (select subject_id, count(*)::int as times from app.audit group by subject_id)
  select record.*, coalesce(audited.times, 0) as audited, coalesce(announced.times, 0) as announced
  from record left join audited on audited.subject_id = record.id left join announced on announced.subject = record.id`;

/** As nobody but a superuser sees it: past every policy. */
function compareRegistry(hub: FaultHub, ledger: Ledger): Promise<Pick<Damage, 'lost' | 'duplicates'>> {
  return withClient(hub.cluster.adminUrl, async (client) => {
    const stored = (await client.query<StoredRecord>(REGISTRY)).rows;
    const byId = new Map(stored.map((record) => [record.id, record]));
    const lost: string[] = [];
    const duplicates: string[] = [];
    for (const { kind, id, name, version } of ledger.records) {
      const found = byId.get(id);
      byId.delete(id);
      if (!found) lost.push(`${kind} ${id} "${name}" is gone`);
      else if (found.version < version || !isDeepStrictEqual([found.name, found.kind], [name, kind]))
        lost.push(
          `${id}: confirmed as "${name}" version ${String(version)}, is "${found.name}" ${String(found.version)}`,
        );
      else if (found.version > version)
        duplicates.push(`${id} was changed ${String(found.version - version)} times too often`);
      else {
        if (found.audited < version) lost.push(`${id}: ${String(version)} changes, ${String(found.audited)} audited`);
        if (found.audited > version)
          duplicates.push(`${id}: ${String(version)} changes, ${String(found.audited)} audited`);
        if (found.announced < version)
          lost.push(`${id}: ${String(version)} changes, ${String(found.announced)} announced`);
        if (found.announced > version)
          duplicates.push(`${id}: ${String(version)} changes, ${String(found.announced)} announced`);
      }
    }
    for (const { id, name } of byId.values()) duplicates.push(`${id} "${name}" was made, and confirmed to nobody`);
    const keys = await client.query<{ party: string; mutation_key: string; subject_id: string | null }>(
      'select party, mutation_key, subject_id from app.idempotency',
    );
    const known = new Map(keys.rows.map((row) => [`${row.party} ${row.mutation_key}`, row.subject_id]));
    for (const { actorId, key, id } of ledger.keys)
      if (known.get(`${actorId} ${key}`) !== id) lost.push(`the key ${key} no longer leads to ${id}`);
    const refused = await client.query<{ id: string }>(
      'select id::text from app.outbox_event where refused is not null',
    );
    for (const { id } of refused.rows) lost.push(`event ${id} was set aside`);
    const told = await client.query<{ what: string }>(`
      select concat_ws(' ', actor_id, kind, subject_id, occasion) as what from app.notification
      group by actor_id, kind, subject_id, occasion having count(*) > 1`);
    for (const { what } of told.rows) duplicates.push(`told twice: ${what}`);
    return { lost, duplicates };
  });
}

/** Footprints, overlaps, drafts and gaps against a computation from nothing, overlaps also against the words of the domain, and the audit's chain. */
async function compareDerived(
  hub: FaultHub,
): Promise<{ wrong: string[]; compared: { overlaps: number; drafts: number } }> {
  const orm = await openWorkerOrm(hub);
  try {
    const unitOfWork = new UnitOfWork(orm, systemClock, systemRandomness);
    const vocabulary = new VocabularyService();
    const footprints = new FootprintService(vocabulary);
    const service = new ReconcileService(vocabulary, footprints);
    const report = await unitOfWork.look(HUB_VIEWER, (work) => service.compare(work));
    const audit = await unitOfWork.look(HUB_VIEWER, (work) => verifyAudit(work));
    const differences = await unitOfWork.look(HUB_VIEWER, async ({ em }) => {
      const { terrain } = await vocabulary.current(em).then((current) => ({ terrain: current.terrain() }));
      return differencesFromTheDomain(await storedFootprints(em), [...(await storedOverlaps(em)).values()], terrain);
    });
    return {
      wrong: [
        ...(isClean(report) ? [] : [sayReport(report)]),
        ...(isWhole(audit) && audit.waiting === 0 ? [] : [sayAudit(audit)]),
        ...differences,
      ],
      compared: { overlaps: report.overlaps.expected, drafts: report.drafts.expected },
    };
  } finally {
    await orm.close();
  }
}

/** No job may have been given up because of what was done to the hub. */
async function failedJobs(hub: FaultHub): Promise<string[]> {
  const queues = await openQueuesOf(hub);
  try {
    const failed = await Promise.all(queueNames.map((name) => queues.queue(name).getFailed()));
    return failed.flat().map((job) => `job ${job.name} ${String(job.id)} was given up: ${job.failedReason}`);
  } finally {
    await queues.close();
  }
}
