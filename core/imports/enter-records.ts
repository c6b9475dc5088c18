import type { Work } from '../access/unit-of-work.ts';
import { mayCurate } from '../access/viewer.ts';
import { type FoundOrganisation, type Organisations, findOrganisations } from './find-organisations.ts';
import { fieldsOf, fieldsOfOwn } from './imported-fields.ts';
import type { ImportCounts, ImportOptions, NameMatch } from './import-run.ts';
import { Places } from './resolve-places.ts';
import { Codes, Themes, resolveFootprint } from './resolve-record.ts';
import type { RegistryServices } from './registry-services.ts';
import { type Candidate, Settler } from './settle-records.ts';
import type { FromFile, NamedOrganisation } from './source-record.ts';
import { withCampaigns } from './campaign-of-file.ts';
import { countOf, fewer, type ImportItem, KINDS, refusedItem, remarkOn } from './import-item.ts';
import { ownerOf, ownerOfOwn, ownersOfOwn, partnersOf } from './whose-record.ts';

/** What is to be entered, and how. */
export interface ImportTask {
  readonly runId: string;
  readonly found: readonly FromFile[];
  /** As people know it; what stands in no campaign becomes part of one that is called so. */
  readonly fileName: string;
  readonly options: ImportOptions;
  /** Rows that differ from all before them; null: all. */
  readonly distinct?: number | null;
  /** Does everything but store new records; the caller takes the transaction back. */
  readonly rehearsal: boolean;
  /** Told between steps how many of the records are behind it. */
  readonly onProgress?: (done: number, total: number) => Promise<void>;
  readonly signal?: AbortSignal;
}

export interface ImportResult {
  /** In the order of the file. */
  readonly items: readonly ImportItem[];
  readonly counts: ImportCounts;
  readonly matches: readonly NameMatch[];
}

/**
 * Brings what a file says into the registry, in the caller's transaction and under its viewer's rights: finds what it is about,
 * compares, enters what is new all at once and what changed one by one, by the rules of the services. Every row is accounted for.
 */
export async function enterRecords(work: Work, services: RegistryServices, task: ImportTask): Promise<ImportResult> {
  const given = withCampaigns(task);
  const records = given.flatMap((one) => (one.kind === 'record' ? [one] : []));
  const known = await services.vocabulary.current(work.em);
  const places = new Places(known, task.options.country ?? null);
  const organisations = await findOrganisations(work, services, {
    options: task.options,
    named: records.flatMap(({ record }) => {
      const { owner, partners } = record;
      const { countries } = places.of(record);
      return [
        ...(owner === null ? [] : [{ organisation: owner, owns: true, countries }]),
        ...partners.map(({ organisation }) => ({ organisation, owns: false, countries })),
      ];
    }),
  });
  if (!task.rehearsal) await askWho(work, services, organisations, task);
  const themes = new Themes(known);
  for (const { record } of records) if (!record.own) for (const theme of record.themes) themes.codesOf(theme);
  const vocabulary = await services.vocabulary.ensureTerms(work.em, 'theme', [...themes.lacking.values()]);
  const context = { themes, codes: new Codes(vocabulary), places, options: task.options };

  const owners = await ownersOfOwn(work, records);

  const items = new Map<FromFile, ImportItem>();
  const candidates = new Map<string, Candidate>();
  const firsts = new Map<Candidate, FromFile>();
  for (const found of given) {
    if (found.kind === 'refused') {
      items.set(found, refusedItem(found.rows, found.remarks, null));
      continue;
    }
    const { record } = found;
    const { countries } = places.of(record);
    const find = (named: NamedOrganisation): FoundOrganisation => organisations.of(named, countries);
    const owner = record.own ? ownerOfOwn(work, record.own.id, owners.get(record.own.id)) : ownerOf(work, record, find);
    if (owner.kind === 'refused') {
      items.set(found, refusedItem(record.rows, [...found.remarks, remarkOn(record, 'owner', owner)], record));
      continue;
    }
    const kind = KINDS[record.kind];
    const key = JSON.stringify([kind, owner.id, record.key]);
    const same = candidates.get(key);
    if (same) {
      same.rows.push(...record.rows);
      same.remarks.push(...found.remarks);
      continue;
    }
    if (record.own) {
      const fields = fieldsOfOwn(record, record.own);
      const candidate = {
        record,
        rows: [...record.rows],
        kind,
        ownerId: owner.id,
        fields,
        remarks: [...found.remarks],
      };
      candidates.set(key, candidate);
      firsts.set(candidate, found);
      continue;
    }
    const { footprint, remarks } = resolveFootprint(record, context);
    const partners = partnersOf(record, find);
    const candidate: Candidate = {
      record,
      rows: [...record.rows],
      kind,
      ownerId: owner.id,
      fields: fieldsOf(record, footprint, partners.known),
      remarks: [...found.remarks, ...remarks, ...partners.remarks],
    };
    candidates.set(key, candidate);
    firsts.set(candidate, found);
  }

  const settler = new Settler(work, services, task);
  const total = candidates.size;
  let done = 0;
  for (const kind of ['programme', 'campaign', 'calendar_entry'] as const) {
    const ofKind = [...candidates.values()].filter((candidate) => candidate.kind === kind);
    if (ofKind.length === 0) continue;
    const settled = await settler.settle(kind, ofKind);
    for (const [candidate, { reason, ...became }] of settled) {
      const { record, rows } = candidate;
      const remarks =
        reason === undefined
          ? candidate.remarks
          : [...candidate.remarks, remarkOn(record, '', { reason, value: null })];
      const first = firsts.get(candidate);
      if (first) {
        items.set(first, { rows, kind, sourceKey: record.key, name: record.name, ...became, remarks: fewer(remarks) });
      }
    }
    done += ofKind.length;
    await task.onProgress?.(done, total);
    task.signal?.throwIfAborted();
  }
  const inOrder = given.flatMap((found) => items.get(found) ?? []);
  const counts = {
    ...countOf(inOrder),
    records: records.filter(({ record }) => record.rows.length > 0).length,
    registered: organisations.registered,
  };
  const rows = task.found.reduce((sum, one) => sum + (one.kind === 'record' ? one.record.rows : one.rows).length, 0);
  if (counts.rows !== rows) throw new Error(`${String(rows)} rows were read and ${String(counts.rows)} accounted for`);
  return { items: inOrder, counts: { ...counts, distinct: task.distinct ?? rows }, matches: organisations.matches };
}

/** Has people say whom the doubtful names mean. The name of a coordinator's file is not for the others, who answer too. */
async function askWho(
  work: Work,
  { names }: RegistryServices,
  { doubtful }: Organisations,
  { fileName }: ImportTask,
): Promise<void> {
  await names.askIn(work, doubtful, mayCurate(work.viewer) ? null : fileName);
}
