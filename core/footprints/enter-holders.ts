import { sql } from 'kysely';
import { recordEach } from '../access/audit.ts';
import type { Work } from '../access/unit-of-work.ts';
import { mayEdit } from '../access/viewer.ts';
import { type Refused, conflict, forbidden, invalid, notFound } from '../outcome.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { inChunks } from '../in-chunks.ts';
import { announce } from './announce.ts';
import type { HolderFields } from './holder.input.ts';
import { type HolderKind, describeHolder } from './holder.rules.ts';
import { placeHolder } from './place-holder.ts';
import type { ExactPlaces, Parent } from './resolve-holder.ts';
import { INHERITED_FACETS, type StatedFootprint, restate } from './stated-footprint.ts';

/** A record to be entered with many others. Who sees it follows from its owner's kind; nothing else is said of that here. */
export interface Entering {
  readonly ownerId: string;
  readonly fields: Omit<HolderFields, 'release' | 'exclude' | 'namedReaders'>;
  /** What it becomes a part of, if anything. */
  readonly above: Parent | null;
  /** The columns that its kind alone has; gets the footprint as stated. */
  columns(stated: StatedFootprint): Readonly<Record<string, unknown>> | Refused;
}

/** A record that was just entered, as what others may become a part of. */
export interface EnteredHolder {
  readonly kind: 'entered';
  readonly id: string;
  readonly ownerId: string;
  readonly asParent: Parent;
}

/** What is to be entered, as its service takes it, and what was entered before it for it to be in. */
export interface PartToEnter {
  readonly input: unknown;
  readonly within?: EnteredHolder | null;
}

/** One of many, entered or refused. */
export type Entered = EnteredHolder | Refused;

export interface EnteringOptions {
  readonly action: string;
  /** Checks everything and stores none of them. */
  readonly rehearsal: boolean;
}

/** What each kind's table has beside the columns of every holder, with types. */
const OWN_COLUMNS: Readonly<Record<HolderKind, Readonly<Record<string, string>>>> = {
  programme: {},
  campaign: { programme_id: 'text' },
  calendar_entry: {
    campaign_id: 'text',
    kind: 'text',
    precision: 'text',
    status: 'text',
    cancelled_reason: 'text',
    recurrence: 'text',
  },
};

const PREFIX = { programme: 'prg', campaign: 'cmp', calendar_entry: 'ent' } as const;

/** The columns of every holder, by what a placed and described record calls them. */
const COLUMNS = {
  id: 'text',
  ownerId: 'text',
  name: 'text',
  names: 'jsonb',
  description: 'text',
  descriptions: 'jsonb',
  externalScheme: 'text',
  externalId: 'text',
  illustrative: 'boolean',
  source: 'text',
  stated: 'jsonb',
  visibility: 'text',
  matching: 'text',
  placePrecision: 'text',
  statedRelease: 'jsonb',
  startsOn: 'date',
  endsOn: 'date',
  places: 'text[]',
  countries: 'text[]',
  corridors: 'text[]',
  statedCorridors: 'text[]',
  audiences: 'text[]',
  themes: 'text[]',
  channels: 'text[]',
  languages: 'text[]',
  inherited: 'text[]',
} as const;

/** Rows of one statement: some 3 MB of JSON. */
const STORED_AT_ONCE = 1_000;

/**
 * Enters many new records of one kind in the caller's transaction, under the rules under which a service enters one (an owner that
 * is there and whose records the viewer may write, codes that exist, a code of its own), each asked for all of them at once; one
 * line of the audit each, one announcement. Not charged to the budget of looks: the caller answers for how many there may be.
 *
 * @returns what became of each, in the order given. A refused one keeps none of the others back; of two that bring the same code,
 * the first has it.
 */
export async function enterHolders(
  work: Work,
  service: VocabularyService,
  kind: HolderKind,
  entering: readonly Entering[],
  { action, rehearsal }: EnteringOptions,
): Promise<Entered[]> {
  if (entering.length === 0) return [];
  const owners = await ownersOf(work, entering);
  const { stated, vocabulary } = await statedBy(work, service, entering);
  const taken = await takenIdentifiers(work, kind, entering);
  const rows: (Readonly<Record<string, unknown>> & { readonly id: string; readonly exact: ExactPlaces | null })[] = [];
  const entered = entering.map((one, index): Entered => {
    const owner = owners.get(one.ownerId);
    if (owner === undefined) return notFound(one.ownerId);
    if (!mayEdit(work.viewer, one.ownerId)) return forbidden('You may register only for the actor you act for.');
    const written = stated[index];
    if (written === undefined) throw new Error('a record has no footprint, not even an empty one');
    if (written.kind !== 'stated') return written;
    const own = one.columns(written.stated);
    if (isRefusal(own)) return own;
    const clash = claim(taken, one);
    if (clash) return clash;
    const { columns, exact, asParent } = placeHolder(
      { ownerId: one.ownerId, ownerKind: owner, stated: written.stated, release: undefined },
      one.above,
      vocabulary,
    );
    const id = work.newId(PREFIX[kind]);
    const days = { startsOn: written.stated.days?.start ?? null, endsOn: written.stated.days?.end ?? null };
    rows.push({ id, ownerId: one.ownerId, ...describeHolder(one.fields), ...days, ...columns, ...own, exact });
    return { kind: 'entered', id, asParent, ownerId: one.ownerId };
  });
  if (!rehearsal) await store(work, kind, rows, action);
  return entered;
}

/** Enters those that nothing is against, and answers for all in the order given. */
export async function enterFit<T>(
  candidates: readonly ({ readonly kind: 'fit'; readonly fit: T } | Refused)[],
  enter: (fit: readonly T[]) => Promise<readonly Entered[]>,
): Promise<Entered[]> {
  const entered = (await enter(candidates.flatMap((one) => (one.kind === 'fit' ? [one.fit] : [])))).values();
  return candidates.map((one) => {
    if (one.kind !== 'fit') return one;
    const next = entered.next();
    if (next.done) throw new Error('fewer records were answered for than entered');
    return next.value;
  });
}

/** The kinds of the owners that are there, by id. */
async function ownersOf({ em }: Work, entering: readonly Entering[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(entering.map(({ ownerId }) => ownerId))];
  const { rows } = await sql<{ id: string; kind: string }>`
    select id, kind from actor where id = any(${ids}) and merged_into_id is null`.execute(em.getKysely());
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

type Written = { readonly kind: 'stated'; readonly stated: StatedFootprint } | Refused;

async function statedBy(
  { em }: Work,
  service: VocabularyService,
  entering: readonly Entering[],
): Promise<{ readonly stated: readonly Written[]; readonly vocabulary: Vocabulary }> {
  const written = entering.map(({ fields }) => fields.footprint ?? {});
  const { resolved, vocabulary } = await service.resolveEach(em, written, 'input.footprint');
  const stated = resolved.map(({ footprint, issues }, index): Written => {
    if (issues.length > 0) return invalid(issues);
    const lists = INHERITED_FACETS.map((facet) => [facet, footprint[facet]]);
    return { kind: 'stated', stated: restate({}, { days: written[index]?.days, ...Object.fromEntries(lists) }) };
  });
  return { stated, vocabulary };
}

const codeOf = (ownerId: string, { scheme, value }: { readonly scheme: string; readonly value: string }): string =>
  JSON.stringify([ownerId, scheme, value]);

/**
 * The codes that owners have given already, those the viewer may not see included. Nobody else gives one of these until the
 * transaction ends: locked in one order, so that two that enter the same do not wait for each other.
 */
async function takenIdentifiers({ em }: Work, kind: HolderKind, entering: readonly Entering[]): Promise<Set<string>> {
  const written = entering.flatMap(({ ownerId, fields: { identifier } }) =>
    identifier ? [{ owner: ownerId, ...identifier }] : [],
  );
  if (written.length === 0) return new Set();
  const db = em.getKysely();
  const owners = [...new Set(written.map(({ owner }) => owner))].sort();
  await sql`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${owners.map((owner) =>
    JSON.stringify([kind, owner]),
  )}::text[]) with ordinality as locked (key, position) order by position`.execute(db);
  const { rows } = await sql<{ owner: string; scheme: string; value: string }>`
    select owner, scheme, value from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as w (owner text, scheme text, value text)
    where app.identifier_is_taken(${kind}, owner, scheme, value)`.execute(db);
  return new Set(rows.map(({ owner, ...code }) => codeOf(owner, code)));
}

function claim(taken: Set<string>, { ownerId, fields: { identifier } }: Entering): Refused | null {
  if (!identifier) return null;
  const code = codeOf(ownerId, identifier);
  if (taken.has(code)) {
    return conflict(`A record of this owner already has the identifier ${identifier.scheme} ${identifier.value}.`);
  }
  taken.add(code);
  return null;
}

async function store(
  work: Work,
  kind: HolderKind,
  rows: readonly (Readonly<Record<string, unknown>> & { readonly id: string; readonly exact: ExactPlaces | null })[],
  action: string,
): Promise<void> {
  const db = work.em.getKysely();
  const own = OWN_COLUMNS[kind];
  const names = [
    ...Object.keys(COLUMNS).map((name) => [name, snakeCase(name)] as const),
    ...Object.keys(own).map((n) => [n, n] as const),
  ];
  const types: Readonly<Record<string, string>> = { ...COLUMNS, ...own };
  const columns = sql.join(names.map(([, column]) => sql.ref(column)));
  const given = sql.join(names.map(([name]) => sql`given.${sql.ref(name)}`));
  const typed = sql.join(names.map(([name]) => sql`${sql.ref(name)} ${sql.raw(types[name] ?? 'text')}`));
  for (const chunk of inChunks(rows, STORED_AT_ONCE)) {
    await sql`insert into ${sql.table(kind)} (${columns}, created_at, updated_at)
      select ${given}, ${work.now}, ${work.now} from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as given (${typed})`.execute(
      db,
    );
    const exact = chunk.flatMap(({ id, ownerId, exact: kept }) => (kept ? [{ id, ownerId, ...kept }] : []));
    if (exact.length > 0) {
      await sql`insert into exact_place (subject_id, owner_id, stated, places)
        select id, "ownerId", stated, places from jsonb_to_recordset(${JSON.stringify(exact)}::jsonb)
          as kept (id text, "ownerId" text, stated text[], places text[])`.execute(db);
    }
  }
  const ids = rows.map(({ id }) => id);
  await recordEach(work, action, ids);
  announce(work, ids);
}

function isRefusal(value: Readonly<Record<string, unknown>> | Refused): value is Refused {
  return 'kind' in value && ['invalid', 'not-found', 'forbidden', 'conflict'].includes(String(value.kind));
}

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
