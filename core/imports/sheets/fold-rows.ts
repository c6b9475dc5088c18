import { hash } from 'node:crypto';
import { foldText } from './fold-text.ts';
import type { NamedOrganisation, NamedPlace, Remark, SourceRecord } from '../source-record.ts';
import type { RowStatement } from './row-statement.ts';

/** Scheme of identifiers that stand in a column of a sheet: only its sender knows them. */
const SHEET_SCHEME = 'sheet';
/** Share of identifiers that must each be of one activity before they identify activities. */
const IDENTIFYING = 0.9;
const LONGEST_KEY = 400;

/** A record in the making. Most sheets have many of one row each, so these hold no more than the row. */
interface Draft {
  readonly first: RowStatement;
  readonly spots: () => SourceRecord['spots'];
  readonly key: string;
  readonly rows: number[];
  readonly remarks: Remark[];
  description: string | null;
  owner: NamedOrganisation | null;
  /** What several rows say together; null while there is one. */
  together: Together | null;
}

/** Each thing once. */
interface Together {
  readonly partners: Map<string, RowStatement['partners'][number]>;
  readonly places: Map<string, NamedPlace>;
  readonly lists: Readonly<Record<List, Set<string>>>;
}

const LISTS = ['corridors', 'themes', 'audiences', 'channels', 'languages'] as const;
type List = (typeof LISTS)[number];

/**
 * Makes programmes of rows: those of one organisation that say the same activity, and where they state them the same identifier,
 * status and days, are one, whose places, partners, themes … are those of all its rows. Upper and lower case, accents and doubled
 * blanks make no difference.
 */
export class RowFolder {
  private readonly drafts = new Map<string, Draft>();

  /** @param spots where the fields of the row stand; asked when its record is made, if it is the first of it */
  add(statement: RowStatement, remarks: readonly Remark[], spots: () => SourceRecord['spots']): void {
    const key = keyOf(statement);
    const draft = this.drafts.get(key);
    if (!draft) {
      this.drafts.set(key, begin(statement, key, remarks, spots));
      return;
    }
    draft.rows.push(statement.row);
    draft.remarks.push(...remarks);
    draft.description ??= statement.description;
    draft.owner = richer(draft.owner, statement.owner);
    draft.together ??= gather(nothingYet(), draft.first);
    gather(draft.together, statement);
  }

  /** In the order of their first rows. */
  *records(): Generator<{ readonly record: SourceRecord; readonly remarks: readonly Remark[] }> {
    const timesByIdentifier = new Map<string, number>();
    for (const { first } of this.drafts.values()) {
      const identifier = first.identifier;
      if (identifier !== null) timesByIdentifier.set(identifier, (timesByIdentifier.get(identifier) ?? 0) + 1);
    }
    const single = [...timesByIdentifier.values()].filter((times) => times === 1).length;
    const identifying = single >= timesByIdentifier.size * IDENTIFYING;
    for (const draft of this.drafts.values()) {
      const { identifier } = draft.first;
      const isOwn = identifying && identifier !== null && timesByIdentifier.get(identifier) === 1;
      yield { record: toRecord(draft, isOwn ? identifier : null), remarks: draft.remarks };
    }
  }
}

function begin(first: RowStatement, key: string, remarks: readonly Remark[], spots: Draft['spots']): Draft {
  const { row, description, owner } = first;
  return { first, spots, key, rows: [row], remarks: [...remarks], description, owner, together: null };
}

function nothingYet(): Together {
  const lists = { corridors: new Set<string>(), themes: new Set<string>(), audiences: new Set<string>() };
  return {
    partners: new Map(),
    places: new Map(),
    lists: { ...lists, channels: new Set<string>(), languages: new Set<string>() },
  };
}

function gather(together: Together, statement: RowStatement): Together {
  for (const partner of statement.partners) {
    const same = `${partner.role} ${foldText(partner.organisation.name)}`;
    if (!together.partners.has(same)) together.partners.set(same, partner);
  }
  for (const place of statement.places) {
    const same = placeKey(place);
    if (!together.places.has(same)) together.places.set(same, place);
  }
  for (const list of LISTS) for (const text of statement[list]) together.lists[list].add(text);
  return together;
}

/** What a row is made of, so far as the row itself says it: a period given for the file changes from one import to the next. */
function keyOf({ owner, name, identifier, status, ownDays }: RowStatement): string {
  const parts = [owner?.name, name, identifier, status, ownDays?.start, ownDays?.end];
  const key = parts
    .map((part) => foldText(part ?? '').replaceAll('|', '/'))
    .join('|')
    .replace(/\|+$/, '');
  return key.length <= LONGEST_KEY ? key : `${key.slice(0, LONGEST_KEY - 65)}#${hash('sha256', key)}`;
}

function placeKey({ name, code, within }: NamedPlace): string {
  const own = code === null ? foldText(name ?? '') : `#${code.toUpperCase()}`;
  return within ? `${own}<${placeKey(within)}` : own;
}

/** The mention that says more of an organisation. */
function richer(a: NamedOrganisation | null, b: NamedOrganisation | null): NamedOrganisation | null {
  return a && { ...a, code: a.code ?? b?.code ?? null, kind: a.kind ?? b?.kind ?? null };
}

function toRecord(draft: Draft, identifier: string | null): SourceRecord {
  const { first, key, rows } = draft;
  const { partners, places, lists } = draft.together ?? gather(nothingYet(), first);
  return {
    kind: 'programme',
    key: identifier === null ? key : `${SHEET_SCHEME}:${identifier}`,
    rows,
    identifier: identifier === null ? null : { scheme: SHEET_SCHEME, value: identifier },
    parentKey: null,
    owner: draft.owner,
    partners: [...partners.values()],
    name: first.name,
    description: draft.description,
    days: first.days,
    recurrence: null,
    status: first.status,
    places: [...places.values()],
    corridors: [...lists.corridors],
    themes: unlike(lists.themes),
    audiences: unlike(lists.audiences),
    channels: unlike(lists.channels),
    languages: unlike(lists.languages),
    spots: draft.spots(),
  };
}

/** Texts of which no two differ by case, accents or blanks alone; the first of each as written. */
function unlike(texts: ReadonlySet<string>): readonly string[] {
  if (texts.size < 2) return [...texts];
  const byFold = new Map<string, string>();
  for (const text of texts) {
    const folded = foldText(text);
    if (!byFold.has(folded)) byFold.set(folded, text);
  }
  return [...byFold.values()];
}
