import type { Work } from '../access/unit-of-work.ts';
import { mayCurate } from '../access/viewer.ts';
import type { HolderKind } from '../footprints/holder.rules.ts';
import { assertNever } from '../outcome.ts';
import { type FoundOrganisation, type Organisations, findOrganisations } from './find-organisations.ts';
import { type Partner, fieldsOf, fieldsOfOwn } from './imported-fields.ts';
import type { ImportCounts, ImportOptions, ItemOutcome, NameMatch } from './import-run.ts';
import { Places } from './resolve-places.ts';
import { Codes, Themes, resolveFootprint, shorten } from './resolve-record.ts';
import { type Candidate, type RegistryServices, Settler } from './settle-records.ts';
import { findOwners } from './stored-records.ts';
import type { FromFile, NamedOrganisation, Remark, SourceRecord } from './source-record.ts';

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

/** What became, or would become, of one thing in a file. */
export interface ImportItem {
  readonly rows: readonly number[];
  readonly outcome: ItemOutcome;
  readonly kind: HolderKind | null;
  readonly sourceKey: string | null;
  readonly name: string | null;
  readonly recordId: string | null;
  readonly fields: readonly string[];
  readonly remarks: readonly Remark[];
  readonly before: unknown;
  readonly madeVersion: number | null;
}

export interface ImportResult {
  /** In the order of the file. */
  readonly items: readonly ImportItem[];
  readonly counts: ImportCounts;
  readonly matches: readonly NameMatch[];
}

const KINDS = { programme: 'programme', campaign: 'campaign', 'calendar-entry': 'calendar_entry' } as const;

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

/**
 * What a file says, with a campaign for entries that name none, one for each owner: an entry of the hub is a piece of a campaign. It
 * has no row of its own and is found again by the name of the file.
 */
function withCampaigns({ found, fileName }: ImportTask): readonly FromFile[] {
  const key = `calendar ${fileName}`;
  const campaigns = new Map<string, FromFile>();
  const others = found.map((one): FromFile => {
    if (one.kind !== 'record') return one;
    const { kind, parentKey, own, owner } = one.record;
    if (kind !== 'calendar-entry' || parentKey !== null || own) return one;
    campaigns.set(JSON.stringify(owner), {
      kind: 'record',
      record: { ...NO_CAMPAIGN, key, owner, name: titleOf(fileName) },
      remarks: [],
    });
    return { ...one, record: { ...one.record, parentKey: key } };
  });
  return campaigns.size === 0 ? found : [...campaigns.values(), ...others];
}

const titleOf = (fileName: string): string => fileName.replace(/\.[a-z0-9]{1,5}$/iu, '').trim() || 'Calendar';

const NO_CAMPAIGN: Omit<SourceRecord, 'key' | 'owner' | 'name'> = {
  kind: 'campaign',
  rows: [],
  identifier: null,
  parentKey: null,
  partners: [],
  description: null,
  days: null,
  recurrence: null,
  status: null,
  places: [],
  corridors: [],
  themes: [],
  audiences: [],
  channels: [],
  languages: [],
  spots: {},
};

type Owner =
  | { readonly kind: 'owner'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly value: string | null; readonly suggestion: string };

/** Whose a record becomes: the sender's own, or for coordinators that of whoever the file names. */
function ownerOf(
  { viewer }: Work,
  { owner }: SourceRecord,
  find: (named: NamedOrganisation) => FoundOrganisation,
): Owner {
  if (owner === null) {
    if (viewer.actorId !== null) return { kind: 'owner', id: viewer.actorId };
    const suggestion = 'Map a column to the organisation, or set it for the whole file.';
    return { kind: 'refused', reason: 'The row does not say whose it is.', value: null, suggestion };
  }
  const found = find(owner);
  const value = owner.name;
  switch (found.kind) {
    case 'actor': {
      if (mayCurate(viewer) || found.id === viewer.actorId) return { kind: 'owner', id: found.id };
      const suggestion = 'Send only rows of your own, or ask a coordinator to import the file.';
      return { kind: 'refused', reason: 'The row is of another organisation than yours.', value, suggestion };
    }
    case 'unknown': {
      const suggestion = 'If it is yours, say so: add the name to your aliases, or confirm it for this file.';
      return { kind: 'refused', reason: 'Nobody in the hub that you act for is called so.', value, suggestion };
    }
    case 'ambiguous': {
      const suggestion = `Say for this file who is meant, or answer the question that applying it asks: ${found.ids.slice(0, 3).join(', ')}.`;
      return { kind: 'refused', reason: 'It is not sure which organisation of the hub is meant.', value, suggestion };
    }
    default:
      return assertNever(found);
  }
}

/** Whose the records of the hub's own sheets are, by their ids. */
async function ownersOfOwn(
  work: Work,
  records: readonly { readonly record: SourceRecord }[],
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  for (const [kind, stored] of Object.entries(KINDS)) {
    const ids = records.flatMap(({ record }) => (record.kind === kind && record.own ? [record.own.id] : []));
    for (const [id, owner] of await findOwners(work, stored, ids)) owners.set(id, owner);
  }
  return owners;
}

/** What is not the sender's is not compared either: whether it is the same would tell what is hidden of it. */
function ownerOfOwn({ viewer }: Work, id: string, owner: string | undefined): Owner {
  const suggestion = 'Send only rows of your own, or ask a coordinator to import the file.';
  if (owner === undefined) return { kind: 'refused', reason: 'The hub has no such record.', value: id, suggestion };
  if (mayCurate(viewer) || owner === viewer.actorId) return { kind: 'owner', id: owner };
  return { kind: 'refused', reason: 'The row is of another organisation than yours.', value: id, suggestion };
}

function partnersOf(
  record: SourceRecord,
  find: (named: NamedOrganisation) => FoundOrganisation,
): { readonly known: readonly Partner[]; readonly remarks: readonly Remark[] } {
  const known: Partner[] = [];
  const remarks: Remark[] = [];
  const warn = (value: string, reason: string): void => {
    remarks.push({ ...remarkOn(record, 'partners', { reason, value, suggestion: null }), severity: 'WARNING' });
  };
  for (const { organisation, role } of record.partners) {
    const found = find(organisation);
    if (record.kind !== 'programme') warn(organisation.name, 'Only programmes have partners: it is left out.');
    else if (found.kind === 'actor') known.push({ actor: found.id, role });
    else if (found.kind === 'ambiguous')
      warn(organisation.name, 'It is not sure which organisation is meant: it is left out.');
    else warn(organisation.name, 'Nobody in the hub is called so: it is left out.');
  }
  return { known, remarks };
}

function remarkOn(
  record: SourceRecord,
  field: string,
  { reason, value, suggestion = null }: { reason: string; value: string | null; suggestion?: string | null },
): Remark {
  const { row, column } = record.spots[field] ?? { row: record.rows[0] ?? 1, column: null };
  return { row, column, severity: 'ERROR', value: value === null ? null : shorten(value), reason, suggestion };
}

function refusedItem(rows: readonly number[], remarks: readonly Remark[], record: SourceRecord | null): ImportItem {
  return {
    rows,
    outcome: 'REFUSED',
    kind: record === null ? null : KINDS[record.kind],
    sourceKey: record?.key ?? null,
    name: record?.name ?? null,
    recordId: null,
    fields: [],
    remarks: fewer(remarks),
    before: null,
    madeVersion: null,
  };
}

/** Remarks kept of one item; a record of a thousand equal rows would repeat them. */
const MOST_REMARKS = 20;
const fewer = (remarks: readonly Remark[]): readonly Remark[] => remarks.slice(0, MOST_REMARKS);

/** What became of the rows: one of each record's is what became of it, the others went into it; a refusal is of all of them. */
function countOf(items: readonly ImportItem[]): Omit<ImportCounts, 'distinct' | 'records' | 'registered'> {
  const counts = { CREATED: 0, CHANGED: 0, UNCHANGED: 0, REFUSED: 0 };
  let merged = 0;
  let rows = 0;
  for (const { outcome, rows: said } of items) {
    rows += said.length;
    if (outcome === 'REFUSED') counts.REFUSED += said.length;
    else if (said.length > 0) {
      counts[outcome] += 1;
      merged += said.length - 1;
    }
  }
  const { CREATED: created, CHANGED: changed, UNCHANGED: same, REFUSED: refused } = counts;
  return { rows, created, changed, unchanged: same, merged, refused };
}
