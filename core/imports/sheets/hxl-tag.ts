import type { SheetField } from './field.ts';

/** A tag of the Humanitarian Exchange Language, of version 1.1 or of 2014, as version 1.1 writes it. */
export interface HxlTag {
  /** Without `#`: `adm1`. */
  readonly tag: string;
  /** Without `+`. */
  readonly attributes: ReadonlySet<string>;
  /** As written: `#adm1 +name`. */
  readonly written: string;
}

/** Characters, with all attributes. */
const LONGEST_TAG = 200;
/** `#adm1+name`, also with blanks, and `#sector/en` as languages were written in 2014. */
const TAG = /^#\s*([a-z]\w*)((?:\s*[+/]\s*[a-z]\w*)*)\s*$/i;

/** What the tags of 2014 are in version 1.1. What ended in `_id` has the attribute `code` there, what began with `x_` is nobody's. */
const OF_2014: Readonly<Record<string, readonly [tag: string, ...attributes: string[]]>> = {
  from_date: ['date', 'start'],
  to_date: ['date', 'end'],
  period_date: ['date', 'period'],
  report_date: ['date', 'reported'],
  orgtype: ['org', 'type'],
  org_type: ['org', 'type'],
  loctype: ['loc', 'type'],
  lat_deg: ['geo', 'lat'],
  lon_deg: ['geo', 'lon'],
  project: ['activity', 'project'],
  project_id: ['activity', 'code'],
};

/** Reads a cell as a tag; null when it is none. `#N/A` and `#REF!` are none. */
export function parseTag(cell: string): HxlTag | null {
  const [, name, rest = ''] = cell.length > LONGEST_TAG ? [] : (TAG.exec(cell) ?? []);
  if (name === undefined || /^#n\/a$/i.test(cell)) return null;
  const written = cell.trim();
  const lower = name.toLowerCase();
  const attributes = rest.split(/[+/]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim().toLowerCase()]));
  const [tag, ...more] = OF_2014[lower] ?? withoutSuffix(lower);
  return { tag, attributes: new Set([...more, ...attributes]), written };
}

function withoutSuffix(name: string): readonly [string, ...string[]] {
  const [, stem, suffix] = /^(.+)_(id|code|name|lnk|type)$/.exec(name) ?? [];
  if (stem === undefined || suffix === undefined || name.startsWith('x_')) return [name];
  if (suffix === 'lnk') return [stem, 'url'];
  return [stem, suffix === 'id' ? 'code' : suffix];
}

/** What each attribute says a column to be, whatever its tag. */
const NO_STATEMENT = ['url', 'link', 'num', 'count', 'pct', 'percent', 'contact', 'email', 'phone', 'geo'];

/**
 * The field that a tag means, by the words of version 1.1's dictionary; null when it is one that Concord keeps nothing of, and
 * undefined when the tag is nobody's, so that the header above it says more.
 */
export function fieldOfTag({ tag, attributes }: HxlTag): SheetField | null | undefined {
  const has = (...any: string[]): boolean => any.some((attribute) => attributes.has(attribute));
  if (tag.startsWith('x_')) return undefined;
  if (has(...NO_STATEMENT)) return null;
  const code = has('code', 'id', 'pcode', 'iso', 'iso2', 'iso3', 'v_pcode', 'v_iso2', 'v_iso3');
  switch (tag) {
    case 'org':
      return orgField(has, code);
    case 'activity':
    case 'project':
    case 'output':
      if (code) return 'identifier';
      if (has('description', 'detail', 'details', 'desc')) return 'description';
      return has('status') ? 'status' : 'name';
    case 'sector':
    case 'subsector':
    case 'cluster':
      return code ? null : 'theme';
    case 'theme':
      return 'theme';
    case 'beneficiary':
    case 'targeted':
    case 'audience':
      return has('type', 'group', 'name', 'description') || tag !== 'targeted' ? 'audience' : null;
    case 'channel':
    case 'modality':
      return 'channel';
    case 'language':
      return 'language';
    case 'status':
      return 'status';
    case 'description':
      return 'description';
    case 'date':
      return dateField(has);
    case 'corridor':
      return 'corridor';
    case 'country':
      return code ? 'countryCode' : 'country';
    case 'adm1':
      return code ? 'admin1Code' : 'admin1';
    case 'adm2':
      return code ? 'admin2Code' : 'admin2';
    case 'adm3':
    case 'adm4':
    case 'adm5':
      return code ? 'admin3Code' : 'admin3';
    case 'adm':
      return code ? 'placeCode' : 'place';
    case 'loc':
    case 'location':
      if (has('type')) return null;
      return code ? 'placeCode' : 'place';
    default:
      return null;
  }
}

function orgField(has: (...any: string[]) => boolean, code: boolean): SheetField | null {
  if (has('type')) return 'organisationKind';
  if (has('fund', 'funder', 'funding', 'donor')) return code ? null : 'fundingPartner';
  if (has('impl', 'implementing', 'partner', 'sub')) return code ? null : 'implementingPartner';
  return code ? 'organisationCode' : 'organisation';
}

function dateField(has: (...any: string[]) => boolean): SheetField | null {
  if (has('start', 'from', 'begin')) return 'start';
  if (has('end', 'to', 'finish')) return 'end';
  // When somebody wrote it down says nothing about when it was done.
  return has('reported', 'report', 'updated', 'modified', 'published', 'created', 'approved') ? null : 'period';
}
