import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Actor } from './actor.entity.ts';

/** What an actor says of itself; of each a coordinator chooses whose word stays when two are merged. */
export const MERGED_FIELDS = [
  'name',
  'names',
  'kind',
  'description',
  'website',
  'legalStatus',
  'baliProcessRole',
  'basedIn',
  'communityOf',
  'visibility',
  'source',
] as const;
export type MergedField = (typeof MERGED_FIELDS)[number];

/** The properties that a field stands for: whoever is hosted has a host. */
const PROPERTIES = {
  name: ['name'],
  names: ['names'],
  kind: ['kind'],
  description: ['description'],
  website: ['website'],
  legalStatus: ['legalStatus', 'hostedById'],
  baliProcessRole: ['baliRole'],
  basedIn: ['basedIn'],
  communityOf: ['communityOf'],
  visibility: ['visibility'],
  source: ['source'],
} as const satisfies Record<MergedField, readonly (keyof Actor)[]>;

const KEPT = [...Object.values(PROPERTIES).flat(), 'aliases'] as const;
type Fields = Readonly<Record<string, unknown>>;

/** Gives the survivor these fields of the duplicate, and every name of either that is not its own as an alias. */
export function takeFields(survivor: Actor, duplicate: Actor, taken: readonly MergedField[]): void {
  const known = [survivor.name, duplicate.name, ...survivor.aliases, ...duplicate.aliases];
  Object.assign(survivor, pickFields(duplicate, new Set(taken.flatMap((field) => PROPERTIES[field]))));
  // One that was hosted by the other stands on its own feet now.
  if (survivor.hostedById === survivor.id || survivor.hostedById === duplicate.id)
    Object.assign(survivor, { legalStatus: 'registered', hostedById: null });
  survivor.aliases = [...new Set(known)].filter((alias) => alias !== survivor.name);
}

export function fieldsOf(actor: Actor): Fields {
  return pickFields(actor, new Set(KEPT));
}

function pickFields(actor: Actor, properties: ReadonlySet<string>): Fields {
  return Object.fromEntries(KEPT.filter((name) => properties.has(name)).map((name) => [name, actor[name]]));
}

/** Begins to write down all that a merge moves, from here to the end of the transaction or `endMerge`. */
export async function beginMerge(work: Work, survivor: Actor, duplicateId: string, before: Fields): Promise<void> {
  const after = fieldsOf(survivor);
  const changed = KEPT.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const fields = Object.fromEntries(changed.map((name) => [name, { before: before[name], after: after[name] }]));
  const id = work.newId('mrg');
  await sql`insert into actor_merge (id, survivor_id, duplicate_id, fields, merged_at, merged_by)
    values (${id}, ${survivor.id}, ${duplicateId}, ${JSON.stringify(fields)}::jsonb, ${work.now}, ${byWhom(work)})`.execute(
    work.em.getKysely(),
  );
  await sql`select set_config('app.merge', ${id}, true)`.execute(work.em.getKysely());
}

export async function endMerge(work: Work): Promise<void> {
  await sql`select set_config('app.merge', '', true)`.execute(work.em.getKysely());
}

export interface StandingMerge {
  readonly id: string;
  readonly survivorId: string;
  readonly fields: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
}

/** The merge by which an actor became another and that nobody has undone; null when there is none that was written down. */
export async function standingMerge({ em }: Work, duplicateId: string): Promise<StandingMerge | null> {
  const { rows } = await sql<StandingMerge>`select id, survivor_id as "survivorId", fields from actor_merge
    where duplicate_id = ${duplicateId} and undone_at is null`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** Gives the survivor back what it said before, but for what was changed since. */
export function restoreFields(survivor: Actor, { fields }: StandingMerge): void {
  for (const name of KEPT) {
    const field = fields[name];
    if (field && isDeepStrictEqual(survivor[name], field.after)) Object.assign(survivor, { [name]: field.before });
  }
}

/** Gives the duplicate back what was its own. @returns how many rows were deleted or given to others since, and stay as they are */
export async function giveBack(work: Work, { id }: StandingMerge): Promise<number> {
  const db = work.em.getKysely();
  const { rows } = await sql<{ stayed: number }>`select app.undo_merge(${id}) as stayed`.execute(db);
  await sql`update actor_merge set undone_at = ${work.now}, undone_by = ${byWhom(work)} where id = ${id}`.execute(db);
  return rows[0]?.stayed ?? 0;
}

const byWhom = ({ viewer }: Work): string => viewer.userId ?? viewer.keyId;
