import { type SheetField, joinList } from '../exchange/sheet-columns.ts';
import type { CodeKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { AboutExport } from './about-export.ts';
import type { ExportList } from './export-kinds.ts';
import type {
  ExportedActor,
  ExportedCampaign,
  ExportedEntry,
  ExportedOverlap,
  ExportedProgramme,
  ExportedRecord,
  ExportedSuggestion,
} from './exported-records.ts';
import { mostSensitive, ofMatch } from './sensitivity.ts';

/** What a cell holds; null: nothing. */
export type Cell = string | number | null;
type Cells = Readonly<Partial<Record<SheetField, Cell>>>;

const WHAT = ['id', 'kind', 'codeScheme', 'code', 'name', 'description', 'owner', 'ownerId', 'ownerKind'] as const;
const WHERE_AND_WHO = [
  'countries',
  'places',
  'placeCodes',
  'corridors',
  'corridorCodes',
  'themes',
  'themeCodes',
  'audiences',
  'audienceCodes',
  'channels',
  'channelCodes',
  'languages',
  'languageCodes',
] as const;
const ABOUT = ['illustrative', 'source', 'updatedAt', 'sensitivity', 'licence'] as const;

/** The columns of the sheet of a list, in their order. */
export const SHEET_OF: Readonly<Record<ExportList, readonly SheetField[]>> = {
  actors: [
    'actorId',
    'actorName',
    'actorKind',
    'aliases',
    'identifiers',
    'description',
    'website',
    'baliProcessRole',
    'basedIn',
    'basedInCodes',
    'communityOf',
    'communityOfCodes',
    'vetting',
    ...ABOUT,
  ],
  programmes: [
    ...WHAT,
    'partners',
    'fundedBy',
    'accountable',
    'extendedBy',
    'implementedBy',
    'start',
    'end',
    'status',
    ...WHERE_AND_WHO,
    ...ABOUT,
  ],
  campaigns: [
    ...WHAT,
    'partOf',
    'partOfId',
    'objectiveLevel',
    'phase',
    'start',
    'end',
    'status',
    ...WHERE_AND_WHO,
    ...ABOUT,
  ],
  calendar: [
    ...WHAT,
    'partOf',
    'partOfId',
    'entryKind',
    'start',
    'end',
    'precision',
    'recurrence',
    'status',
    ...WHERE_AND_WHO,
    ...ABOUT,
  ],
  overlaps: [
    'id',
    'kind',
    'start',
    'end',
    'oneOwner',
    'oneRecord',
    'otherOwner',
    'otherRecord',
    'strength',
    'score',
    'confidence',
    ...WHERE_AND_WHO,
    'explanation',
    'sensitivity',
    'licence',
  ],
  suggestions: [
    'id',
    'kind',
    'title',
    'status',
    'start',
    'end',
    'score',
    'participants',
    'countries',
    'corridors',
    'corridorCodes',
    'themes',
    'themeCodes',
    'audiences',
    'audienceCodes',
    'explanation',
    'sensitivity',
    'licence',
  ],
};

/** The row of a record. */
export function toRow(exported: ExportedRecord, about: AboutExport): readonly Cell[] {
  const cells = { ...cellsOf(exported, about.vocabulary), licence: about.licence };
  return SHEET_OF[exported.list].map((field) => cells[field as keyof typeof cells] ?? null);
}

function cellsOf(exported: ExportedRecord, vocabulary: Vocabulary): Cells {
  switch (exported.list) {
    case 'actors':
      return ofActor(exported.record, vocabulary);
    case 'programmes':
      return { ...ofHolder(exported.record, vocabulary), ...ofProgramme(exported.record) };
    case 'campaigns':
      return { ...ofHolder(exported.record, vocabulary), ...ofCampaign(exported.record) };
    case 'calendar':
      return { ...ofHolder(exported.record, vocabulary), ...ofEntry(exported.record) };
    case 'overlaps':
      return ofOverlap(exported.record, vocabulary);
    case 'suggestions':
      return ofSuggestion(exported.record, vocabulary);
  }
}

type Holder = ExportedProgramme | ExportedCampaign | ExportedEntry;

function ofHolder(record: Holder, vocabulary: Vocabulary): Cells {
  return {
    id: record.id,
    codeScheme: record.identifier?.scheme ?? null,
    code: record.identifier?.value ?? null,
    name: record.name,
    description: record.description,
    owner: record.owner.name,
    ownerId: record.owner.id,
    ownerKind: record.owner.kind.code,
    ...facetNames(record.coded, vocabulary),
    ...facetCodes(record.stated),
    ...provenance(record),
    sensitivity: mostSensitive([record.release.visibility]),
  };
}

function ofProgramme({ coded, status, partners }: ExportedProgramme): Cells {
  const seen = partners.flatMap(({ role, actor }) => (actor ? [{ role, actor }] : []));
  const ids = (asked: string): string =>
    joinList(seen.filter(({ role }) => role === asked).map(({ actor }) => actor.id));
  return {
    kind: 'programme',
    start: coded.start,
    end: coded.end,
    status: STATUS[status],
    partners: joinList(seen.map(({ role, actor }) => `${actor.name} (${role})`)),
    fundedBy: ids('funding'),
    accountable: ids('accountable'),
    extendedBy: ids('extending'),
    implementedBy: ids('implementing'),
  };
}

function ofCampaign({ coded, status, programme, objectiveLevel, phase }: ExportedCampaign): Cells {
  return {
    kind: 'campaign',
    partOf: programme?.name ?? null,
    partOfId: programme?.id ?? null,
    objectiveLevel: objectiveLevel?.code ?? null,
    phase: phase?.code ?? null,
    start: coded.start,
    end: coded.end,
    status: STATUS[status],
  };
}

/** Of a recurring entry the days of the first occurrence: the recurrence says the others. */
function ofEntry({ kind, precision, recurrence, statedDays, status, campaign }: ExportedEntry): Cells {
  return {
    kind: 'calendar-entry',
    partOf: campaign?.name ?? null,
    partOfId: campaign?.id ?? null,
    entryKind: kind,
    start: statedDays.start,
    end: statedDays.end,
    precision,
    recurrence,
    status,
  };
}

/** In the words of sheets about who does what where. */
const STATUS = {
  planned: 'planned',
  active: 'ongoing',
  ended: 'completed',
  withdrawn: 'cancelled',
  cancelled: 'cancelled',
  undated: null,
} as const;

function ofActor(record: ExportedActor, vocabulary: Vocabulary): Cells {
  const [basedIn, communityOf] = [record.basedIn.map(toCode), record.communityOf.map(toCode)];
  return {
    actorId: record.id,
    actorName: record.name,
    actorKind: record.kind.code,
    aliases: joinList(record.aliases),
    identifiers: joinList(record.identifiers.map(({ scheme, value }) => `${scheme}:${value}`)),
    description: record.description,
    website: record.website,
    baliProcessRole: record.baliProcessRole,
    basedIn: names('place', basedIn, vocabulary),
    basedInCodes: joinList(basedIn),
    communityOf: names('place', communityOf, vocabulary),
    communityOfCodes: joinList(communityOf),
    vetting: record.vetting,
    ...provenance(record),
    sensitivity: mostSensitive([record.visibility]),
  };
}

function ofOverlap(record: ExportedOverlap, vocabulary: Vocabulary): Cells {
  const { shared, sides } = record;
  const facets = {
    places: shared.places.map(toCode),
    corridors: shared.corridors.map(toCode),
    audiences: shared.audiences.map(toCode),
    themes: shared.themes.map(toCode),
    channels: shared.channels.map(toCode),
    languages: shared.languages,
  };
  const [one, other] = sides;
  return {
    id: record.id,
    kind: record.kind,
    start: record.days.start,
    end: record.days.end,
    oneOwner: one?.actor?.name ?? null,
    oneRecord: one?.subject?.name ?? null,
    otherOwner: other?.actor?.name ?? null,
    otherRecord: other?.subject?.name ?? null,
    strength: record.strength,
    score: record.score,
    confidence: record.confidence,
    ...facetNames(facets, vocabulary),
    ...facetCodes(facets),
    explanation: record.explanation,
    sensitivity: ofMatch(sides.flatMap(({ subject }) => subject?.release.visibility ?? [])),
  };
}

function ofSuggestion(record: ExportedSuggestion, vocabulary: Vocabulary): Cells {
  const [themes, audiences] = [record.themes.map(toCode), record.audiences.map(toCode)];
  const corridor = record.corridor === null ? [] : [record.corridor.code];
  const seats = record.participants.map(({ actor, place, role }) => {
    const where = [vocabulary.label('place', place.code), ...(role === null ? [] : [role])].join(', ');
    return actor === null ? `(${where})` : `${actor.name} (${where})`;
  });
  return {
    id: record.id,
    kind: record.kind,
    title: record.title,
    status: record.status,
    start: record.window.start,
    end: record.window.end,
    score: record.score,
    participants: joinList(seats),
    countries: names('place', record.countries.map(toCode), vocabulary),
    corridors: names('corridor', corridor, vocabulary),
    corridorCodes: joinList(corridor),
    themes: names('theme', themes, vocabulary),
    themeCodes: joinList(themes),
    audiences: names('audience', audiences, vocabulary),
    audienceCodes: joinList(audiences),
    explanation: record.explanation,
    sensitivity: ofMatch(record.participants.flatMap(({ subject }) => subject?.release.visibility ?? [])),
  };
}

interface Facets {
  readonly places: readonly string[];
  readonly corridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
}

function facetNames(facets: Facets, vocabulary: Vocabulary): Cells {
  const countries = new Set(facets.places.map((code) => vocabulary.place(code)?.country ?? code));
  return {
    countries: names('place', [...countries], vocabulary),
    places: names('place', facets.places, vocabulary),
    corridors: names('corridor', facets.corridors, vocabulary),
    audiences: names('audience', facets.audiences, vocabulary),
    themes: names('theme', facets.themes, vocabulary),
    channels: names('channel', facets.channels, vocabulary),
    languages: names('language', facets.languages, vocabulary),
  };
}

function facetCodes(facets: Facets): Cells {
  return {
    placeCodes: joinList(facets.places),
    corridorCodes: joinList(facets.corridors),
    audienceCodes: joinList(facets.audiences),
    themeCodes: joinList(facets.themes),
    channelCodes: joinList(facets.channels),
    languageCodes: joinList(facets.languages),
  };
}

function provenance(record: Pick<ExportedActor, 'illustrative' | 'source' | 'updatedAt'>): Cells {
  return {
    illustrative: record.illustrative ? 'yes' : 'no',
    source: record.source,
    updatedAt: record.updatedAt,
  };
}

function names(kind: CodeKind, codes: readonly string[], vocabulary: Vocabulary): string {
  return joinList(codes.map((code) => vocabulary.label(kind, code)));
}

const toCode = ({ code }: { readonly code: string }): string => code;
