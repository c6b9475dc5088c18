import type { Work } from '../access/unit-of-work.ts';
import type { Entered, EnteredHolder, PartToEnter } from '../footprints/enter-holders.ts';
import type { HolderKind } from '../footprints/holder.rules.ts';
import { type ImportedFields, differenceOf, differenceOfOwn, namesFor, sourcesOf, toInput } from './imported-fields.ts';
import type { ItemOutcome } from './import-run.ts';
import type { Remark, SourceRecord } from './source-record.ts';
import { type FoundRecord, type NewProvenance, findRecords, keepProvenance } from './stored-records.ts';
import { callOff, enterAll, inWords, type RegistryServices, revise } from './registry-services.ts';

/** What records of a kind are parts of. */
const PARENTS: Readonly<Record<HolderKind, HolderKind | null>> = {
  programme: null,
  campaign: 'programme',
  calendar_entry: 'campaign',
};

const CLOSED = 'It was withdrawn or cancelled in the hub, and does not change any more.';
const CHANGED_SINCE =
  'It was changed in the hub since the sheet was taken out. Take it out again, and change there what the sheet says otherwise:';

/** A record of the file on its way into the hub. */
export interface Candidate {
  readonly record: SourceRecord;
  /** All rows that say it, those of equal records included. */
  readonly rows: number[];
  readonly kind: HolderKind;
  readonly ownerId: string;
  readonly fields: ImportedFields;
  readonly remarks: Remark[];
}

/** What became of a record. */
export interface Settled {
  readonly outcome: ItemOutcome;
  readonly recordId: string | null;
  readonly fields: readonly string[];
  readonly before: unknown;
  readonly madeVersion: number | null;
  /** Why it was refused. */
  readonly reason?: string;
}

/** Decides what becomes of the records of one kind, and does it. */
export class Settler {
  /** What was entered or found, by kind, owner and key: what others are parts of. */
  private readonly holders = new Map<string, EnteredHolder | { readonly kind: 'stored'; readonly id: string } | null>();

  constructor(
    private readonly work: Work,
    private readonly services: RegistryServices,
    private readonly task: { readonly runId: string; readonly rehearsal: boolean },
  ) {}

  async settle(kind: HolderKind, all: readonly Candidate[]): Promise<ReadonlyMap<Candidate, Settled>> {
    const { work, task } = this;
    const stored = await findRecords(
      work,
      kind,
      all.map(({ ownerId, record: { key, identifier, own } }) => ({
        id: own?.id ?? null,
        owner: ownerId,
        key,
        scheme: identifier?.scheme ?? null,
        value: identifier?.value ?? null,
      })),
    );
    const settled = new Map<Candidate, Settled>();
    const provenance: NewProvenance[] = [];
    const entering: Candidate[] = [];
    for (const [index, candidate] of all.entries()) {
      const found = stored[index] ?? { provenance: null, record: null };
      if (found.record === null && found.provenance === null) {
        entering.push(candidate);
        continue;
      }
      const became = await this.change(kind, candidate, found);
      settled.set(candidate, became);
      if (became.recordId === null) continue;
      this.holders.set(this.keyOf(candidate), { kind: 'stored', id: became.recordId });
      // What was taken out of the hub comes from there, until it is changed.
      const isKnown = candidate.record.own !== undefined || (found.provenance !== null && !isNews(candidate, found));
      if (became.outcome !== 'CHANGED' && isKnown) continue;
      provenance.push(this.provenanceOf(candidate, became.recordId, found));
    }
    const entered = await this.enter(kind, entering);
    for (const [candidate, became] of entered) {
      settled.set(candidate, became);
      if (became.recordId !== null) provenance.push(this.provenanceOf(candidate, became.recordId, null));
    }
    if (!task.rehearsal) await keepProvenance(work, kind, task.runId, provenance);
    return settled;
  }

  /** What becomes of a record that is in the hub, or was. */
  private async change(kind: HolderKind, candidate: Candidate, found: FoundRecord): Promise<Settled> {
    const { work, services } = this;
    const { record: stored, provenance } = found;
    if (stored === null) return refusal('It was imported before, and is not yours to see or to change any more.');
    const { own } = candidate.record;
    const { fields, before, isNews, isStale } = own
      ? differenceOfOwn(candidate.fields, own, stored, provenance)
      : { ...differenceOf(candidate.fields, stored, provenance), isStale: false };
    const calledOff = candidate.record.status === 'cancelled';
    if (stored.closed) return isNews && !calledOff ? refusal(CLOSED) : unchanged(stored.id);
    if (isStale && isNews) return refusal(`${CHANGED_SINCE} ${fields.join(', ')}.`);
    if (fields.length === 0 && !calledOff) return unchanged(stored.id);
    let version = stored.version;
    if (fields.length > 0) {
      const input = { id: stored.id, expectedVersion: version, ...toInput(candidate.fields, fields) };
      const outcome = await revise(services, kind, { ...work, uncharged: true }, input);
      work.em.clear();
      if (outcome.kind !== 'saved') return refusal(inWords(outcome));
      version += 1;
    }
    if (calledOff) {
      const outcome = await callOff(services, kind, work, stored.id, version);
      work.em.clear();
      if (outcome.kind !== 'saved') return refusal(inWords(outcome));
      version += 1;
    }
    return {
      outcome: 'CHANGED',
      recordId: stored.id,
      fields: calledOff ? [...fields, 'status'] : fields,
      before: { fields: before, provenance: provenance?.fields ?? null, calledOff },
      madeVersion: version,
    };
  }

  private async enter(
    kind: HolderKind,
    entering: readonly Candidate[],
  ): Promise<readonly (readonly [Candidate, Settled])[]> {
    const { work, services, task } = this;
    const parts = entering.map((candidate) => this.toPart(kind, candidate));
    const fit = parts.flatMap((part) => (typeof part === 'string' ? [] : [part]));
    const entered = (await enterAll(services, kind, work, fit, task.rehearsal)).values();
    const result: (readonly [Candidate, Settled])[] = [];
    for (const [index, candidate] of entering.entries()) {
      const part = parts[index];
      const one = typeof part === 'string' ? refusal(part) : this.becameOf(candidate, entered.next().value);
      result.push([candidate, one]);
    }
    for (const [candidate, { recordId }] of result) {
      if (candidate.record.status !== 'cancelled' || recordId === null || task.rehearsal) continue;
      const outcome = await callOff(services, kind, work, recordId, 1);
      work.em.clear();
      if (outcome.kind !== 'saved') throw new Error(`a cancelled record was not called off: ${inWords(outcome)}`);
    }
    return result;
  }

  private becameOf(candidate: Candidate, one: Entered | undefined): Settled {
    if (one === undefined) throw new Error('fewer records were answered for than entered');
    if (one.kind !== 'entered') return refusal(inWords(one));
    this.holders.set(this.keyOf(candidate), one);
    const madeVersion = candidate.record.status === 'cancelled' ? 2 : 1;
    return { outcome: 'CREATED', recordId: one.id, fields: [], before: null, madeVersion };
  }

  /** The input of the service that enters it, or why it cannot be entered. */
  private toPart(kind: HolderKind, candidate: Candidate): PartToEnter | string {
    const { record, ownerId, fields } = candidate;
    const input = {
      owner: ownerId,
      ...toInput(
        fields,
        namesFor(kind).filter((name) => fields[name] !== null),
      ),
      identifier: record.identifier,
    };
    const parentKind = PARENTS[kind];
    if (parentKind === null || record.parentKey === null) {
      return kind === 'calendar_entry' ? 'It belongs to no campaign.' : { input };
    }
    const parent = this.holders.get(JSON.stringify([parentKind, ownerId, record.parentKey]));
    if (!parent) return 'What it belongs to is refused, or is not in the file.';
    const part = kind === 'campaign' ? { ...input, programme: parent.id } : { ...input, campaign: parent.id };
    return parent.kind === 'entered' ? { input: part, within: parent } : { input: part };
  }

  private provenanceOf(candidate: Candidate, recordId: string, found: FoundRecord | null): NewProvenance {
    const { ownerId, record, fields } = candidate;
    const sources = sourcesOf(fields, record, this.task.runId, found?.provenance ?? null);
    return { owner: ownerId, key: record.key, recordId, fields: sources };
  }

  private keyOf({ kind, ownerId, record }: Candidate): string {
    return JSON.stringify([kind, ownerId, record.key]);
  }
}

function isNews({ fields }: Candidate, { record, provenance }: FoundRecord): boolean {
  return record !== null && differenceOf(fields, record, provenance).isNews;
}

const refusal = (reason: string): Settled => ({
  outcome: 'REFUSED',
  recordId: null,
  fields: [],
  before: null,
  madeVersion: null,
  reason,
});
const unchanged = (recordId: string): Settled => ({
  outcome: 'UNCHANGED',
  recordId,
  fields: [],
  before: null,
  madeVersion: null,
});
