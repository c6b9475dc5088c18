import type { GraphQLSchema } from 'graphql';
import { isDeepStrictEqual } from 'node:util';
import { type Cast, type PlacedActor, type PlacedViewer, clientOn } from './cast.ts';
import { FIELDS, isProvedElsewhere, partType, selectionOf } from './fields.ts';
import { isShutOut, placesAt, precisionFor, sees, seesActor } from './oracle.ts';
import type { PlacedRecord, RecordType } from './records.ts';

/** One record as a viewer read it, by `Type.field`; parts of several objects as a list, in their order. */
type Cells = Map<string, unknown[]>;
type Json = Readonly<Record<string, unknown>>;

export interface MatrixReport {
  readonly cells: number;
  readonly disagreements: readonly string[];
  /** `Type.field` of records that no record of the cast fills, so that its cells prove nothing. */
  readonly empty: readonly string[];
}

export interface MatrixWorld {
  readonly url: string;
  /** For looking behind the curtain: who the sides of an overlap really are. */
  readonly adminUrl: string;
  readonly schema: GraphQLSchema;
  readonly cast: Cast;
  /** Those of the cast who are to read everything. */
  readonly viewers: readonly PlacedViewer[];
  readonly records: readonly PlacedRecord[];
}

/** Sends one operation as a viewer. */
type Ask = (viewer: PlacedViewer, document: string) => Promise<Json>;

const LISTS: Readonly<Record<RecordType, (first: string) => string>> = {
  Programme: (selection) => `programmes(first: 100) { nodes { ${selection} } }`,
  Campaign: (selection) => `campaigns(first: 100) { nodes { ${selection} } }`,
  CalendarEntry: (selection) =>
    `calendar(first: 100, filter: { between: { start: "2026-01-01" } }) { nodes { ${selection} } }`,
};
const TYPES: readonly RecordType[] = ['Programme', 'Campaign', 'CalendarEntry'];

/** Reads everything as everybody and compares each field of each record with what the oracle says. */
export async function compareMatrix(world: MatrixWorld): Promise<MatrixReport> {
  const disagreements: string[] = [];
  const ask: Ask = async (viewer, document) => {
    const answer = await clientOn(world.url, viewer).send<Json | null>(document);
    if (isShutOut(viewer) && answer.status === 401) return {};
    if (answer.errors) disagreements.push(`${viewer.name} reads what fails: ${JSON.stringify(answer.errors)}`);
    return answer.data ?? {};
  };
  const truth = await readTruth(world, ask);
  const actorTruth = await readActors(world, ask, world.cast.viewer('coordinator'));
  let cells = 0;
  for (const viewer of world.viewers) {
    const read = await readRecords(world, ask, viewer);
    const told = await readHidden(world, ask, viewer);
    for (const record of world.records) {
      const full = truth.get(record.id);
      if (!full) {
        // What is restricted and of somebody suspended, nobody sees at all.
        if (record.owner.vetting !== 'suspended' || read.has(record.id))
          disagreements.push(`${describe(record)}: its owner does not see it`);
        continue;
      }
      const visible = sees(viewer, record);
      const found = read.get(record.id);
      for (const [field, value] of full) {
        cells += 1;
        const expected = visible
          ? expectedValue(world, viewer, record, field, sharesFor(viewer, record, full, field, value))
          : undefined;
        if (!isDeepStrictEqual(found?.get(field), expected))
          disagreements.push(said(viewer, describe(record), field, expected, found?.get(field)));
      }
      if (!visible && told.has(record.id)) disagreements.push(`${viewer.name} finds ${describe(record)} by its id`);
    }
    const strangers = [...read.keys()].filter((id) => !world.records.some((record) => record.id === id));
    for (const id of strangers) disagreements.push(`${viewer.name} finds ${id}, which nobody registered`);
    const actors = await readActors(world, ask, viewer);
    for (const actor of world.cast.actors)
      for (const [field, value] of actorTruth.get(actor.id) ?? []) {
        cells += 1;
        const expected = expectedOfActor(world, viewer, actor, field, value);
        const found = actors.get(actor.id)?.get(field);
        if (!isDeepStrictEqual(found, expected))
          disagreements.push(said(viewer, `actor ${actor.name}`, field, expected, found));
      }
  }
  return { cells, disagreements, empty: emptyFields([...truth.values(), ...actorTruth.values()]) };
}

/** Each record as its owner reads it; of somebody whose keys open nothing, as a coordinator does. */
async function readTruth(world: MatrixWorld, ask: Ask): Promise<Map<string, Cells>> {
  const truth = new Map<string, Cells>();
  for (const owner of new Set(world.records.map((record) => record.owner))) {
    const name = owner.vetting === 'suspended' ? 'coordinator' : `${owner.name} editor`;
    for (const [id, cells] of await readRecords(world, ask, world.cast.viewer(name)))
      if (world.records.some((record) => record.id === id && record.owner === owner)) truth.set(id, cells);
  }
  return truth;
}

/** One line for each viewer and record, with the first of the fields that disagree, so that a person can read it. */
export function inShort(disagreements: readonly string[]): string[] {
  const counts = new Map<string, { first: string; more: number }>();
  for (const text of disagreements) {
    const about = /^(.*), \w+\.\w+: /.exec(text)?.[1] ?? text;
    const seen = counts.get(about);
    if (seen) seen.more += 1;
    else counts.set(about, { first: text, more: 0 });
  }
  return [...counts.values()].map(({ first, more }) =>
    more === 0 ? first : `${first} (and ${String(more)} more fields)`,
  );
}

function said(viewer: PlacedViewer, what: string, field: string, expected: unknown, found: unknown): string {
  const json = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${viewer.name} reads ${what}, ${field}: expected ${json(expected)}, found ${json(found)}`;
}

function describe(record: PlacedRecord): string {
  const { type, visibilities, precisions, owner, excluded } = record;
  const hides = excluded.kinds.length > 0 ? ', with exclusions' : '';
  return `${type} of ${owner.name} (${visibilities.join(' > ')}, ${precisions.join(' > ')}${hides})`;
}

async function readRecords(world: MatrixWorld, ask: Ask, viewer: PlacedViewer): Promise<Map<string, Cells>> {
  const found = new Map<string, Cells>();
  for (const type of TYPES) {
    const answer = await ask(viewer, `{ ${LISTS[type](selectionOf(world.schema, type))} }`);
    for (const node of nodesOf(Object.values(answer)[0])) found.set(String(node['id']), cellsOf(world, type, node));
  }
  return found;
}

async function readActors(world: MatrixWorld, ask: Ask, viewer: PlacedViewer): Promise<Map<string, Cells>> {
  const answer = await ask(viewer, `{ actors(first: 100) { nodes { ${selectionOf(world.schema, 'Actor')} } } }`);
  return new Map(nodesOf(answer['actors']).map((node) => [String(node['id']), cellsOf(world, 'Actor', node)]));
}

/** Ids of records that the viewer is not to see and that `node(id:)` gives all the same. */
async function readHidden(world: MatrixWorld, ask: Ask, viewer: PlacedViewer): Promise<Set<string>> {
  const hidden = world.records.filter((record) => !sees(viewer, record));
  const found = new Set<string>();
  for (let start = 0; start < hidden.length; start += 10) {
    const asked = hidden.slice(start, start + 10);
    const fields = asked.map(({ id }, index) => `n${String(index)}: node(id: "${id}") { id }`);
    const answer = await ask(viewer, `{ ${fields.join(' ')} }`);
    for (const node of Object.values(answer)) if (isJson(node)) found.add(String(node['id']));
  }
  return found;
}

function nodesOf(connection: unknown): Json[] {
  return isJson(connection) && Array.isArray(connection['nodes']) ? connection['nodes'].filter(isJson) : [];
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes a record apart by the rules of its fields: rows become ids, code lists codes. */
function cellsOf(world: MatrixWorld, type: string, node: Json, into: Cells = new Map()): Cells {
  for (const [field, rule] of Object.entries(FIELDS[type] ?? {})) {
    if (isProvedElsewhere(rule)) continue;
    const value = node[field];
    if (rule !== 'parts') {
      const key = `${type}.${field}`;
      into.set(key, [...(into.get(key) ?? []), rule === 'records' ? nodesOf(value).map(bare).sort() : bare(value)]);
      continue;
    }
    for (const part of Array.isArray(value) ? value : [value])
      if (isJson(part)) cellsOf(world, partType(world.schema, type, field), part, into);
  }
  return into;
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isJson(value)) return value;
  return value['id'] ?? value['code'];
}

function ruleOf(field: string): string | undefined {
  const [type = '', name = ''] = field.split('.');
  return FIELDS[type]?.[name];
}

/** With whom a record is shared is for its owner and coordinators; whom it is shared with knows of its own share. */
function sharesFor(
  viewer: PlacedViewer,
  record: PlacedRecord,
  full: Cells,
  field: string,
  value: unknown[],
): unknown[] | undefined {
  if (!field.startsWith('Share.') || viewer.role === 'coordinator' || viewer.actor?.id === record.owner.id)
    return value;
  const own = value.filter((_, index) => full.get('Share.with')?.[index] === viewer.actor?.id);
  return own.length > 0 ? own : undefined;
}

function expectedValue(
  world: MatrixWorld,
  viewer: PlacedViewer,
  record: PlacedRecord,
  field: string,
  value: unknown[] | undefined,
): unknown[] | undefined {
  if (value === undefined) return undefined;
  const own = viewer.actor?.id === record.owner.id;
  if (ruleOf(field) === 'private' && !own) return [[]];
  if (ruleOf(field) === 'curated' && !own && viewer.role !== 'coordinator') return [[]];
  const precision = precisionFor(viewer, record);
  if (ruleOf(field) === 'places') return [placesAt(precision, record.places)];
  // All corridors of the cast's records follow from where they are.
  if (ruleOf(field) === 'corridors') return precision === 'NONE' ? [[]] : value;
  return expectedRows(world, viewer, field, value);
}

/** The rows in a field that the viewer sees; one that is not seen is null, and missing from a list. */
function expectedRows(world: MatrixWorld, viewer: PlacedViewer, field: string, value: unknown[]): unknown[] {
  const { records, cast } = world;
  const seen = (id: unknown): boolean => {
    const record = records.find((other) => other.id === id);
    const actor = cast.actors.find((other) => other.id === id);
    return record ? sees(viewer, record) : actor ? seesActor(viewer, actor) : false;
  };
  const rule = ruleOf(field);
  if (rule === 'actor' || rule === 'record') return value.map((id) => (seen(id) ? id : null));
  if (rule === 'records') return value.map((ids) => (Array.isArray(ids) ? ids.filter(seen) : ids));
  return value;
}

/** Its records are those of the cast: nobody, not even a coordinator, sees all of them. */
function expectedOfActor(
  world: MatrixWorld,
  viewer: PlacedViewer,
  actor: PlacedActor,
  field: string,
  value: unknown[],
): unknown[] | undefined {
  if (!seesActor(viewer, actor)) return undefined;
  // On what grounds it was vetted is for itself and those who vet.
  if (field.startsWith('VettingDecision.') && viewer.role !== 'coordinator' && viewer.actor?.id !== actor.id)
    return undefined;
  if (ruleOf(field) !== 'records') return expectedRows(world, viewer, field, value);
  const type = field === 'Actor.programmes' ? 'Programme' : 'Campaign';
  const own = world.records.filter((record) => record.type === type && record.owner.id === actor.id);
  return [
    own
      .filter((record) => sees(viewer, record))
      .map(({ id }) => id)
      .sort(),
  ];
}

function emptyFields(read: readonly Cells[]): string[] {
  const isEmpty = (value: unknown): boolean =>
    value === null || value === '' || (Array.isArray(value) && value.every(isEmpty));
  const fields = Object.entries(FIELDS).flatMap(([type, rules]) =>
    Object.entries(rules).flatMap(([field, rule]) =>
      isProvedElsewhere(rule) || rule === 'parts' ? [] : [`${type}.${field}`],
    ),
  );
  return fields.filter((field) => read.every((cells) => isEmpty(cells.get(field) ?? null)));
}
