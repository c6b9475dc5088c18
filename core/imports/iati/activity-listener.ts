import { PlainError } from '../../../platform/plain-error.ts';
import { canonicalTag, primaryLanguage } from '../../vocabulary/language.ts';
import type { Attributes, ElementListener } from '../read-xml.ts';
import type {
  ActivityLocation,
  Coded,
  IatiActivity,
  Narrative,
  Organisation,
  Participant,
  Sector,
} from './activity.ts';

/** Characters that one activity may keep in memory; the largest seen keeps 60,000. */
const LARGEST_ACTIVITY = 10_000_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type Draft = Mutable<Omit<IatiActivity, 'locations'>> & { readonly locations: Mutable<ActivityLocation>[] };

/** An element whose end has not come yet. */
interface OpenElement {
  /** Its name, after those of the elements around it inside the activity. */
  readonly path: string;
  readonly language: string | null;
  /** Where its text belongs; null when nobody wants it. */
  readonly texts: ((narrative: Narrative) => void) | null;
  text: string;
}

/**
 * Picks out of an IATI activity file what Concord uses, one activity at a time. Elements it does not name are passed over, so
 * that every 2.0x is read alike; IATI 1, which writes texts directly into the elements, is understood where it differs.
 */
export class ActivityListener implements ElementListener<IatiActivity> {
  private readonly elements: OpenElement[] = [];
  private draft: Draft | null = null;
  private kept = 0;
  private sawRoot = false;
  /** Narratives in one language follow each other, and asking for a language is slow. */
  private lastTag: { readonly written: string; readonly language: string | null } | null = null;

  constructor(private readonly fileName: string) {}

  open(name: string, attributes: Attributes, line: number): void {
    const parent = this.elements.at(-1);
    if (!parent) this.checkRoot(name, line);
    const language = this.languageOf(attributes) ?? parent?.language ?? null;
    if (name === 'iati-activity' && !this.draft) {
      this.draft = emptyActivity(line, attributes);
      this.kept = 0;
      this.elements.push({ path: '', language, texts: null, text: '' });
      return;
    }
    const path = parent?.path ? `${parent.path}/${name}` : name;
    this.elements.push({ path, language, texts: this.begin(path, attributes) ?? textsOf(parent, name), text: '' });
  }

  text(text: string): void {
    const element = this.elements.at(-1);
    if (!element?.texts || !this.draft) return;
    element.text += text;
    this.keep(text.length);
  }

  close(): IatiActivity | null {
    const element = this.elements.pop();
    const text = tidy(element?.text ?? '');
    if (element?.texts && text !== '') element.texts({ language: element.language, text });
    if (!this.draft || element?.path !== '') return null;
    const complete = this.draft;
    this.draft = null;
    return complete;
  }

  private begin(path: string, attributes: Attributes): OpenElement['texts'] {
    const begin = this.draft && BEGINNINGS.get(path);
    if (!begin || !this.draft) return null;
    // An element that keeps little still takes room.
    this.keep(Object.values(attributes).reduce((sum, value) => sum + value.length, 100));
    return begin(this.draft, attributes);
  }

  private keep(characters: number): void {
    this.kept += characters;
    if (this.kept <= LARGEST_ACTIVITY) return;
    throw new PlainError(
      `${this.fileName} line ${String(this.draft?.line)}: one activity of more than ${String(LARGEST_ACTIVITY)} characters.`,
    );
  }

  /** `xml:lang`, and `default-language` as IATI 1 had it; null for what names no language. */
  private languageOf(attributes: Attributes): string | null {
    const tag = written(attributes['xml:lang']) ?? written(attributes['default-language']);
    if (tag === null) return null;
    if (this.lastTag?.written !== tag) {
      this.lastTag = { written: tag, language: primaryLanguage(tag) === null ? null : canonicalTag(tag) };
    }
    return this.lastTag.language;
  }

  private checkRoot(name: string, line: number): void {
    if (this.sawRoot) return;
    this.sawRoot = true;
    if (name === 'iati-activities' || name === 'iati-activity') return;
    throw new PlainError(
      `${this.fileName} line ${String(line)}: expected an IATI activity file, which begins with <iati-activities>, found <${name}>.`,
    );
  }
}

type Beginning = (draft: Draft, attributes: Attributes) => OpenElement['texts'];

/** What the elements that Concord uses begin, and where the texts within them belong. */
const BEGINNINGS: ReadonlyMap<string, Beginning> = new Map<string, Beginning>([
  [
    'iati-identifier',
    (draft) =>
      ({ text }) =>
        void (draft.identifier ??= text),
  ],
  [
    'reporting-org',
    (draft, attributes) => {
      const reporter = organisation(attributes);
      draft.reporter ??= reporter;
      return (name) => reporter.names.push(name);
    },
  ],
  [
    'participating-org',
    (draft, attributes) => {
      const participant: Mutable<Participant> = { ...organisation(attributes), role: written(attributes['role']) };
      draft.participants.push(participant);
      return (name) => participant.names.push(name);
    },
  ],
  ['title', (draft) => (title) => draft.titles.push(title)],
  ['description', (draft) => (description) => draft.descriptions.push(description)],
  [
    'activity-status',
    (draft, attributes) => {
      draft.status ??= written(attributes['code']);
      return null;
    },
  ],
  [
    'activity-date',
    (draft, attributes) => {
      const type = written(attributes['type']);
      const day = written(attributes['iso-date']);
      if (day !== null) draft.dates.push({ type, day });
      // In IATI 1 the day could be the text; in IATI 2 the text describes it.
      return day === null ? ({ text }) => draft.dates.push({ type, day: text }) : null;
    },
  ],
  [
    'recipient-country',
    (draft, attributes) => {
      const country: Mutable<Coded> = { code: written(attributes['code']), names: [] };
      draft.countries.push(country);
      return (name) => country.names.push(name);
    },
  ],
  [
    'location',
    (draft, attributes) => {
      draft.locations.push({ codes: codesOf(attributes, ['ref']), names: [] });
      return null;
    },
  ],
  ['location/name', (draft) => (name) => lastLocation(draft).names.push(name)],
  ['location/location-id', (draft, attributes) => addCodes(draft, attributes, ['code'])],
  ['location/administrative', (draft, attributes) => addCodes(draft, attributes, ['code', 'adm2', 'adm1', 'country'])],
  [
    'sector',
    (draft, attributes) => {
      const sector: Mutable<Sector> = {
        vocabulary: written(attributes['vocabulary']),
        code: written(attributes['code']),
        names: [],
      };
      draft.sectors.push(sector);
      return (name) => sector.names.push(name);
    },
  ],
]);

function emptyActivity(line: number, attributes: Attributes): Draft {
  return {
    line,
    identifier: null,
    updatedAt: written(attributes['last-updated-datetime']),
    reporter: null,
    participants: [],
    titles: [],
    descriptions: [],
    status: null,
    dates: [],
    countries: [],
    locations: [],
    sectors: [],
  };
}

function organisation(attributes: Attributes): Mutable<Organisation> {
  return { ref: written(attributes['ref']), type: written(attributes['type']), names: [] };
}

function lastLocation(draft: Draft): Mutable<ActivityLocation> {
  const location = draft.locations.at(-1);
  if (!location) throw new Error('a location began before its parts');
  return location;
}

function addCodes(draft: Draft, attributes: Attributes, names: readonly string[]): null {
  lastLocation(draft).codes.push(...codesOf(attributes, names));
  return null;
}

function codesOf(attributes: Attributes, names: readonly string[]): string[] {
  return names.flatMap((name) => written(attributes[name]) ?? []);
}

/** A narrative's text belongs to the element that it is a part of. */
function textsOf(parent: OpenElement | undefined, name: string): OpenElement['texts'] {
  return name === 'narrative' ? (parent?.texts ?? null) : null;
}

/** What spreadsheets leave in cells that have no value. */
const NO_VALUE = /^(?:#n\/a|#ref!|n\/a|null|none|-+)$/i;

/** An attribute's value without blanks around it; null where there is none. */
function written(value: string | undefined): string | null {
  const text = tidy(value ?? '');
  return text === '' || NO_VALUE.test(text) ? null : text;
}

/** Blanks at the ends and doubled ones gone; paragraphs stay. */
function tidy(text: string): string {
  return text
    .split(/\n\s*\n/u)
    .map((paragraph) => paragraph.replaceAll(/\s+/gu, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}
