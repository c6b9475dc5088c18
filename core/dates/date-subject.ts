import { sql } from 'kysely';
import { parseCalendarDate } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import { mayCurate } from '../access/viewer.ts';
import type { RegistryRow, SubjectKind } from '../footprints/registry.rows.ts';
import type { StatedFootprint } from '../footprints/stated-footprint.ts';
import { missing, type Owner, readOwner, readProgramme, refusal, toRecord } from '../overlaps/unregistered.ts';
import { BadRequest } from '../projection/selection.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import type { ProposeDates } from './propose-dates.input.ts';

/** What dates are sought for. */
export interface DateSubject {
  /** As if it ran on all the days from which to choose, so that it meets whoever it could meet. */
  readonly record: RegistryRow;
  /** How many days it has now; null when it has none, or no end. */
  readonly lengthDays: number | null;
  /** The records that it is made of: no neighbours of its own. */
  readonly own: ReadonlySet<string>;
  /** The suggestion whose participants are no neighbours either. */
  readonly suggestion: string | null;
  /** Knows every code of the record. */
  readonly vocabulary: Vocabulary;
}

/** Nobody's: for coordinators and observers who act for no actor. */
const NOBODY: Owner = { id: '', kind: 'other' };

/** Reads what the input names, under the viewer's rights. @throws {BadRequest} for what does not exist or is not the viewer's to move */
export async function readSubject(work: Work, input: ProposeDates, codes: VocabularyService): Promise<DateSubject> {
  const { of, footprint } = input;
  if (footprint) return fromFootprint(work, footprint, input, codes);
  const id = of ?? '';
  const vocabulary = await codes.current(work.em);
  if (id.startsWith('sug_')) return ofSuggestion(work, id, input.between, vocabulary);
  return ofRecord(work, id, input.between, vocabulary);
}

async function fromFootprint(
  work: Work,
  { days, ...written }: NonNullable<ProposeDates['footprint']>,
  input: ProposeDates,
  codes: VocabularyService,
): Promise<DateSubject> {
  const { footprint, issues, vocabulary } = await codes.resolve(work.em, written, 'input.footprint', {
    readOnly: true,
  });
  if (issues.length > 0) throw refusal(issues);
  const ownerId = input.owner ?? work.viewer.actorId;
  const owner = ownerId === null ? NOBODY : await readOwner(work, ownerId);
  const programme = input.programme ? await readProgramme(work.em, input.programme) : null;
  const stated = Object.fromEntries(Object.entries(footprint).filter(([, list]) => list !== null && list.length > 0));
  return {
    record: toRecord(owner, programme, stated, input.between, vocabulary),
    lengthDays: days ? lengthOf(days.start, days.end ?? null) : null,
    own: new Set(),
    suggestion: null,
    vocabulary,
  };
}

interface Found extends Required<Pick<StatedFootprint, 'places' | 'corridors' | 'audiences' | 'themes'>> {
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly start: string | null;
  readonly end: string | null;
}

/** Seen by every member; whoever may see it may ask when else it could be. */
async function ofSuggestion(
  work: Work,
  id: string,
  between: ProposeDates['between'],
  vocabulary: Vocabulary,
): Promise<DateSubject> {
  const { rows } = await sql<Found>`
    select countries as places, array_remove(array[corridor], null) as corridors, audiences, themes, '{}'::text[] as channels,
      '{}'::text[] as languages, starts_on::text as start, ends_on::text as end
    from suggestion where id = ${id}`.execute(work.em.getKysely());
  const found = rows[0] ?? missing('of', id);
  const owner = work.viewer.actorId === null ? NOBODY : await readOwner(work, work.viewer.actorId);
  return {
    record: toRecord(owner, null, statedBy(found), between, vocabulary),
    lengthDays: lengthOf(found.start, found.end),
    own: new Set(),
    suggestion: id,
    vocabulary,
  };
}

/** Of each kind of record: where its ancestors are, nearest first. */
const ANCESTORS: Readonly<Record<string, { readonly kind: SubjectKind; readonly ancestors: string }>> = {
  prg: { kind: 'programme', ancestors: `'{}'::text[]` },
  cmp: { kind: 'campaign', ancestors: `array_remove(array[r.programme_id], null)` },
  ent: { kind: 'calendar_entry', ancestors: `array_remove(array[r.campaign_id, r.programme_id], null)` },
};

async function ofRecord(
  work: Work,
  id: string,
  between: ProposeDates['between'],
  vocabulary: Vocabulary,
): Promise<DateSubject> {
  const { kind, ancestors } = ANCESTORS[id.slice(0, id.indexOf('_'))] ?? missing('of', id);
  const { rows } = await sql<Found & { owner: string; ownerKind: string; ancestors: string[]; partners: string[] }>`
    select coalesce((select exact.places from exact_place exact where exact.subject_id = r.id), r.places) as places,
      stated_corridors as corridors, audiences, themes, channels, languages, starts_on::text as start, ends_on::text as end,
      owner_id as owner, coalesce((select actor.kind from actor where actor.id = owner_id), 'other') as "ownerKind",
      ${sql.raw(ancestors)} as ancestors,
      array(select actor_id from programme_partner where programme_id = any(r.id || ${sql.raw(ancestors)})
        union select owner_id from programme where id = any(${sql.raw(ancestors)})
        union select owner_id from campaign where id = any(${sql.raw(ancestors)})) as partners
    from ${sql.table(kind)} r where id = ${id}`.execute(work.em.getKysely());
  const found = rows[0] ?? missing('of', id);
  const { viewer } = work;
  if (viewer.actorId !== found.owner && !mayCurate(viewer))
    throw new BadRequest('input.of: Only its owner and coordinators may ask when else it could be.');
  const owner = { id: found.owner, kind: found.ownerKind };
  const record = toRecord(owner, null, statedBy(found), between, vocabulary);
  return {
    record: { ...record, id, kind, ancestors: found.ancestors, partners: found.partners },
    lengthDays: lengthOf(found.start, found.end),
    own: new Set([id, ...found.ancestors]),
    suggestion: null,
    vocabulary,
  };
}

function statedBy({ places, corridors, audiences, themes, channels, languages }: Found): StatedFootprint {
  return { places, corridors, audiences, themes, channels, languages };
}

function lengthOf(start: string | null, end: string | null): number | null {
  const first = start === null ? null : parseCalendarDate(start);
  const last = end === null ? null : parseCalendarDate(end);
  return first === null || last === null ? null : last - first + 1;
}
