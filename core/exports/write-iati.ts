import { fragment } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { AboutExport, ExportWriter } from './about-export.ts';
import type { ExportedProgramme } from './exported-records.ts';
import {
  ACTIVITY_STATUS,
  END_DATE,
  ISO_PLACES,
  ORGANISATION_ROLE,
  OWN_TAGS,
  SECTOR_VOCABULARY,
  START_DATE,
  organisationType,
} from './iati-codes.ts';

/** Scheme of the identifiers that are IATI's. */
const IATI = 'iati';
/** Names the hub's own vocabularies of sectors and tags. */
const VOCABULARY_URI = 'urn:concord:';

/** Characters that XML 1.0 cannot say, not even escaped. */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Programmes as activities of IATI 2.03. The standard demands a date, so those without days are left out; a comment at the end counts
 * them. A programme or an organisation without an IATI identifier is known by the hub's id of it.
 */
export const writeIati: ExportWriter = async function* (records, about) {
  const { sensitivity, licence, madeAt } = about;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<!-- ${inComment(`Concord. Sensitivity: ${sensitivity}. Licence: ${licence}`)} -->\n`;
  yield `<iati-activities version="2.03" generated-datetime="${madeAt.toISOString()}">\n`;
  let undated = 0;
  for await (const some of records) {
    const activities: string[] = [];
    for (const exported of some) {
      if (exported.list !== 'programmes') throw new Error(`${exported.list} are no activities`);
      const { record } = exported;
      if (record.coded.start === null) undated += 1;
      else activities.push(activityOf(record, record.coded.start, about));
    }
    yield activities.join('');
  }
  if (undated > 0) yield `<!-- Left out because they have no days: ${String(undated)} -->\n`;
  yield '</iati-activities>\n';
};

/** `--` would end a comment. */
const inComment = (text: string): string => text.replaceAll(NO_XML, '').replaceAll(/-(?=-)|-$/g, '- ');

type Party = ExportedProgramme['owner'];
type Texts = ExportedProgramme['names'];

/** In the order of the elements that the schema demands. */
function activityOf(programme: ExportedProgramme, start: string, about: AboutExport): string {
  const { owner, coded, status } = programme;
  const root = fragment({ invalidCharReplacement: '' });
  const activity = root.ele('iati-activity', { 'last-updated-datetime': programme.updatedAt });
  activity.ele('iati-identifier').txt(identifierOf(programme));
  narratives(
    activity.ele('reporting-org', {
      ref: refOf(owner) ?? owner.id,
      type: organisationType(owner.kind.code, about.vocabulary),
    }),
    owner.name,
  );
  narratives(activity.ele('title'), programme.name, programme.names);
  narratives(activity.ele('description', { type: '1' }), programme.description, programme.descriptions);
  writeParticipants(activity, programme, about.vocabulary);
  activity.ele('activity-status', { code: status === 'undated' ? ACTIVITY_STATUS.planned : ACTIVITY_STATUS[status] });
  writeDate(activity, START_DATE, start, about);
  if (coded.end !== null) writeDate(activity, END_DATE, coded.end, about);
  writePlaces(activity, coded.places, about.vocabulary);
  writeThemes(activity, coded.themes, about.vocabulary);
  for (const kind of ['audience', 'channel'] as const) {
    for (const code of coded[`${kind}s`]) {
      const tag = { vocabulary: OWN_TAGS, 'vocabulary-uri': `${VOCABULARY_URI}${kind}`, code };
      narratives(activity.ele('tag', tag), about.vocabulary.label(kind, code));
    }
  }
  return `${root.toString({ prettyPrint: true })}\n`;
}

/** The owner's own in IATI, else the hub's, which begins with the organisation as the standard demands. */
function identifierOf({ id, identifier, owner }: ExportedProgramme): string {
  return identifier?.scheme === IATI ? identifier.value : `${refOf(owner) ?? owner.id}-${id}`;
}

function refOf({ identifiers }: Party): string | null {
  return identifiers.find(({ scheme }) => scheme === IATI)?.value ?? null;
}

/** The main text first, unless it is that of a language. */
function narratives(element: XMLBuilder, main: string, variants: Texts = []): void {
  const english = variants.find(({ language }) => language === 'en');
  const ofMain = english?.text === main ? english : variants.find(({ text }) => text === main);
  if (ofMain) element.ele('narrative', { 'xml:lang': ofMain.language }).txt(ofMain.text);
  else element.ele('narrative').txt(main);
  for (const { language, text } of variants) {
    if (language !== ofMain?.language) element.ele('narrative', { 'xml:lang': language }).txt(text);
  }
}

/** The standard demands one at least: a programme that names no partner is its owner's responsibility. */
function writeParticipants(activity: XMLBuilder, { owner, partners }: ExportedProgramme, vocabulary: Vocabulary): void {
  const seen = partners.flatMap(({ role, actor }) => (actor ? [{ role, actor }] : []));
  for (const { role, actor } of seen.length > 0 ? seen : [{ role: 'accountable' as const, actor: owner }]) {
    const ref = refOf(actor);
    const attributes = {
      role: ORGANISATION_ROLE[role],
      type: organisationType(actor.kind.code, vocabulary),
      ...(ref !== null && { ref }),
    };
    narratives(activity.ele('participating-org', attributes), actor.name);
  }
}

function writeDate(
  activity: XMLBuilder,
  types: { readonly planned: string; readonly actual: string },
  day: string,
  { today }: AboutExport,
): void {
  activity.ele('activity-date', { type: day <= today ? types.actual : types.planned, 'iso-date': day });
}

/** Countries, then what is finer. Shares of a budget are not known, so no percentages are told. */
function writePlaces(activity: XMLBuilder, codes: readonly string[], vocabulary: Vocabulary): void {
  const places = codes.flatMap((code) => vocabulary.place(code) ?? []);
  for (const code of new Set(places.map(({ country }) => country))) {
    narratives(activity.ele('recipient-country', { code }), vocabulary.label('place', code));
  }
  for (const { code, kind, name, parent, country } of places) {
    if (kind === 'country') continue;
    const location = activity.ele('location');
    // A name that several places have would be read as the widest of them.
    const isPlain = vocabulary.placesNamed(name).every((other) => other.code === code || other.country !== country);
    narratives(location.ele(isPlain ? 'name' : 'description'), name);
    location.ele('administrative', { vocabulary: ISO_PLACES, level: parent === country ? '1' : '2', code });
  }
}

const DAC = /^dac:(\d{3}|\d{5})$/;

function writeThemes(activity: XMLBuilder, codes: readonly string[], vocabulary: Vocabulary): void {
  for (const code of codes) {
    const [, dac] = DAC.exec(code) ?? [];
    const { purpose, category, own } = SECTOR_VOCABULARY;
    const attributes =
      dac === undefined
        ? { vocabulary: own, 'vocabulary-uri': `${VOCABULARY_URI}theme`, code }
        : { vocabulary: dac.length === 5 ? purpose : category, code: dac };
    narratives(activity.ele('sector', attributes), vocabulary.label('theme', code));
  }
}
