import XmlBuilder from 'fast-xml-builder';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { AboutExport, ExportWriter } from './about-export.ts';
import type { ExportedProgramme } from './exported-records.ts';
import {
  ACTIVITY_STATUS,
  UNSPECIFIED_REGION,
  UNSPECIFIED_SECTOR,
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
    yield clean(activities.join(''));
  }
  if (undated > 0) yield `<!-- Left out because they have no days: ${String(undated)} -->\n`;
  yield '</iati-activities>\n';
};

const clean = (text: string): string => text.replaceAll(NO_XML, '');

/** `--` would end a comment. */
const inComment = (text: string): string => clean(text).replaceAll(/-(?=-)|-$/g, '- ');

/** Attributes are members that begin with `@`, the text is the member `#`; a list is the same element several times. */
const BUILDER = new XmlBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  format: true,
  suppressEmptyNode: true,
});

/** The members of an element, in its order; one that is undefined is left out. */
type Element = Readonly<Record<string, unknown>>;
type Party = ExportedProgramme['owner'];
type Texts = ExportedProgramme['names'];

/** In the order of the elements that the schema demands. */
function activityOf(programme: ExportedProgramme, start: string, about: AboutExport): string {
  const { owner, coded, status } = programme;
  const { today, vocabulary } = about;
  return BUILDER.build({
    'iati-activity': {
      '@last-updated-datetime': programme.updatedAt,
      'iati-identifier': identifierOf(programme),
      'reporting-org': {
        '@ref': refOf(owner) ?? owner.id,
        '@type': organisationType(owner.kind.code, vocabulary),
        ...narratives(owner.name),
      },
      title: narratives(programme.name, programme.names),
      description: { '@type': '1', ...narratives(programme.description, programme.descriptions) },
      'participating-org': participants(programme, vocabulary),
      'activity-status': { '@code': status === 'undated' ? ACTIVITY_STATUS.planned : ACTIVITY_STATUS[status] },
      'activity-date': [
        date(START_DATE, start, today),
        ...(coded.end === null ? [] : [date(END_DATE, coded.end, today)]),
      ],
      ...places(coded.places, vocabulary),
      sector: sectors(coded.themes, vocabulary),
      tag: [...tags('audience', coded.audiences, vocabulary), ...tags('channel', coded.channels, vocabulary)],
    },
  });
}

/** The owner's own in IATI, else the hub's, which begins with the organisation as the standard demands. */
function identifierOf({ id, identifier, owner }: ExportedProgramme): string {
  return identifier?.scheme === IATI ? identifier.value : `${refOf(owner) ?? owner.id}-${id}`;
}

function refOf({ identifiers }: Party): string | null {
  return identifiers.find(({ scheme }) => scheme === IATI)?.value ?? null;
}

/** The main text first, unless it is that of a language. */
function narratives(main: string, variants: Texts = []): Element {
  const english = variants.find(({ language }) => language === 'en');
  const ofMain = english?.text === main ? english : variants.find(({ text }) => text === main);
  const others = variants.filter((variant) => variant !== ofMain);
  const ordered = ofMain ? [ofMain, ...others] : others;
  return {
    narrative: [
      ...(ofMain ? [] : [{ '#': main }]),
      ...ordered.map(({ language, text }) => ({ '@xml:lang': language, '#': text })),
    ],
  };
}

/** The standard demands one at least: a programme that names no partner is its owner's responsibility. */
function participants({ owner, partners }: ExportedProgramme, vocabulary: Vocabulary): readonly Element[] {
  const seen = partners.flatMap(({ role, actor }) => (actor ? [{ role, actor }] : []));
  return (seen.length > 0 ? seen : [{ role: 'accountable' as const, actor: owner }]).map(({ role, actor }) => {
    const ref = refOf(actor);
    return {
      '@role': ORGANISATION_ROLE[role],
      '@type': organisationType(actor.kind.code, vocabulary),
      ...(ref !== null && { '@ref': ref }),
      ...narratives(actor.name),
    };
  });
}

function date(types: { readonly planned: string; readonly actual: string }, day: string, today: string): Element {
  return { '@type': day <= today ? types.actual : types.planned, '@iso-date': day };
}

/** Countries, then what is finer; nowhere is a region of its own. Shares of a budget are not known, so no percentages are told. */
function places(codes: readonly string[], vocabulary: Vocabulary): Element {
  const known = codes.flatMap((code) => vocabulary.place(code) ?? []);
  if (known.length === 0) return { 'recipient-region': { '@code': UNSPECIFIED_REGION } };
  const countries = [...new Set(known.map(({ country }) => country))];
  return {
    'recipient-country': countries.map((code) => ({ '@code': code, ...narratives(vocabulary.label('place', code)) })),
    location: known
      .filter(({ kind }) => kind !== 'country')
      .map(({ code, name, parent, country }) => {
        // A name that several places have would be read as the widest of them.
        const isPlain = vocabulary.placesNamed(name).every((other) => other.code === code || other.country !== country);
        return {
          [isPlain ? 'name' : 'description']: narratives(name),
          administrative: { '@vocabulary': ISO_PLACES, '@level': parent === country ? '1' : '2', '@code': code },
        };
      }),
  };
}

const DAC = /^dac:(\d{3}|\d{5})$/;

function sectors(codes: readonly string[], vocabulary: Vocabulary): readonly Element[] {
  const { purpose, category, own } = SECTOR_VOCABULARY;
  if (codes.length === 0) return [{ '@vocabulary': purpose, '@code': UNSPECIFIED_SECTOR }];
  return codes.map((code) => {
    const [, dac] = DAC.exec(code) ?? [];
    const label = narratives(vocabulary.label('theme', code));
    return dac === undefined
      ? { '@vocabulary': own, '@vocabulary-uri': `${VOCABULARY_URI}theme`, '@code': code, ...label }
      : { '@vocabulary': dac.length === 5 ? purpose : category, '@code': dac, ...label };
  });
}

function tags(kind: 'audience' | 'channel', codes: readonly string[], vocabulary: Vocabulary): readonly Element[] {
  return codes.map((code) => ({
    '@vocabulary': OWN_TAGS,
    '@vocabulary-uri': `${VOCABULARY_URI}${kind}`,
    '@code': code,
    ...narratives(vocabulary.label(kind, code)),
  }));
}
