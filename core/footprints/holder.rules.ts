import { sql } from 'kysely';
import type { Release } from '../access/release.ts';
import { recordReleases } from '../access/release-audit.ts';
import type { Work } from '../access/unit-of-work.ts';
import { mayEdit } from '../access/viewer.ts';
import { Actor } from '../actors/actor.entity.ts';
import {
  type Issue,
  type Outcome,
  type Refused,
  conflict,
  forbidden,
  invalid,
  notFound,
  saved,
  stale,
} from '../outcome.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import type { Holder } from './holder.entity.ts';
import type { HolderChanges, HolderFields, Target } from './holder.input.ts';
import { type FootprintInput, INHERITED_FACETS, type StatedFootprint, restate } from './stated-footprint.ts';

/** The tables of footprint holders, by what people call their rows. */
export type HolderKind = 'programme' | 'campaign' | 'calendar_entry';

const KIND_NAMES: Readonly<Record<HolderKind, string>> = {
  programme: 'programme',
  campaign: 'campaign',
  calendar_entry: 'calendar entry',
};

/**
 * Whose a new record is: the actor named; else the owner of what it becomes a part of, if the viewer acts for that one;
 * else the viewer's own actor. Refused when the viewer may not write for it.
 */
export async function chooseOwner(
  work: Work,
  named: string | null | undefined,
  parentOwnerId: string | null,
): Promise<{ readonly kind: 'chosen'; readonly ownerId: string; readonly ownerKind: string } | Refused> {
  const { viewer } = work;
  const fromParent = parentOwnerId !== null && mayEdit(viewer, parentOwnerId) ? parentOwnerId : null;
  const ownerId = named ?? fromParent ?? viewer.actorId;
  if (ownerId === null)
    return invalid([{ path: 'input.owner', message: 'This key acts for no actor: say whose it is.' }]);
  const owner = await work.em.findOne(Actor, { id: ownerId, mergedIntoId: null });
  if (!owner) return notFound(ownerId);
  return mayEdit(viewer, ownerId)
    ? { kind: 'chosen', ownerId, ownerKind: owner.kind }
    : forbidden('You may register only for the actor you act for.');
}

/** The kind of the actor whose record it is. */
export async function kindOfOwner({ em }: Work, ownerId: string): Promise<string> {
  return (await em.findOneOrFail(Actor, { id: ownerId })).kind;
}

/** Refuses an owner who has no part in the programme a record would be in: only its owner and its partners work inside it. */
export async function refuseStranger(work: Work, ownerId: string, programmeId: string | null): Promise<Refused | null> {
  if (programmeId === null) return null;
  const found = await sql`select from programme where id = ${programmeId} and owner_id = ${ownerId}
    union all select from programme_partner where programme_id = ${programmeId} and actor_id = ${ownerId} limit 1`.execute(
    work.em.getKysely(),
  );
  return found.rows.length > 0 ? null : forbidden('Only the owner of a programme and its partners may work inside it.');
}

/**
 * One change of one stored record, which the caller has read and locked: found, and still the version
 * that was expected. A refusal of the body leaves nothing behind.
 */
export async function changeHolder<T extends Holder>(
  work: Work,
  target: Target,
  holder: T | null,
  body: (holder: T) => Promise<Refused | null>,
): Promise<Outcome> {
  if (!holder) return notFound(target.id);
  if (holder.version !== target.expectedVersion) return stale(target.expectedVersion, holder.version);
  holder.updatedAt = work.now;
  const before = releaseIn(holder);
  const refused = await body(holder);
  if (refused) {
    work.em.clear();
    return refused;
  }
  await work.em.flush();
  await recordReleases(work, [{ id: holder.id, before, after: releaseIn(holder) }]);
  return saved(holder.id);
}

function releaseIn({ visibility, matching, placePrecision }: Holder): Release {
  return { visibility, matching, placePrecision };
}

/** A footprint as it is to be stored, or what is wrong with it; with the vocabulary that knows all its codes. */
export async function checkFootprint(
  work: Work,
  vocabulary: VocabularyService,
  stored: StatedFootprint,
  written: FootprintInput | null | undefined,
): Promise<{ readonly stated: StatedFootprint; readonly issues: readonly Issue[]; readonly vocabulary: Vocabulary }> {
  if (!written) return { stated: restate(stored, written), issues: [], vocabulary: await vocabulary.current(work.em) };
  const resolved = await vocabulary.resolve(work.em, written, 'input.footprint');
  const lists = INHERITED_FACETS.map((facet) => [
    facet,
    written[facet] === undefined ? undefined : resolved.footprint[facet],
  ]);
  const canonical: FootprintInput = { days: written.days, ...Object.fromEntries(lists) };
  return { stated: restate(stored, canonical), issues: resolved.issues, vocabulary: resolved.vocabulary };
}

/**
 * Refuses a code that another record of the same owner already has; names that record, since it is the owner's own, unless it is
 * restricted and the viewer not named for it.
 */
export async function refuseTakenIdentifier(
  work: Work,
  kind: HolderKind,
  ownerId: string,
  identifier: HolderFields['identifier'],
  ownId: string | null = null,
): Promise<Refused | null> {
  if (!identifier) return null;
  const { scheme, value } = identifier;
  const db = work.em.getKysely();
  // Two writers with the same new code would otherwise both find it free, and the unique key would end one with a fault.
  // Whoever enters many of one owner holds all of its codes (`enterHolders`).
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${JSON.stringify([kind, ownerId])}, 0)),
    pg_advisory_xact_lock(hashtextextended(${JSON.stringify([kind, ownerId, scheme, value])}, 0))`.execute(db);
  const { rows } = await sql<{ id: string | null; taken: boolean }>`
    select (select id from ${sql.table(kind)} where owner_id = ${ownerId} and external_scheme = ${scheme} and external_id = ${value}) as id,
      app.identifier_is_taken(${kind}, ${ownerId}, ${scheme}, ${value}) as taken`.execute(db);
  const [{ id, taken } = { id: null, taken: false }] = rows;
  if (!taken || (id !== null && id === ownId)) return null;
  const by = id === null ? 'A record of this owner' : `This owner's ${KIND_NAMES[kind]} ${id}`;
  return conflict(`${by} already has the identifier ${scheme} ${value}.`);
}

/** The columns of a new record that say what it is called and where the facts come from. */
export function describeHolder(fields: HolderFields) {
  return {
    name: fields.name,
    names: fields.names ?? {},
    description: fields.description ?? '',
    descriptions: fields.descriptions ?? {},
    externalScheme: fields.identifier?.scheme ?? null,
    externalId: fields.identifier?.value ?? null,
    illustrative: fields.illustrative ?? false,
    source: fields.source ?? null,
  };
}

/** Changes what a record is called: what is absent stays, null clears. */
export function redescribeHolder(holder: Holder, fields: HolderChanges): void {
  if (fields.name !== undefined) holder.name = fields.name;
  if (fields.names !== undefined) holder.names = fields.names ?? {};
  if (fields.description !== undefined) holder.description = fields.description ?? '';
  if (fields.descriptions !== undefined) holder.descriptions = fields.descriptions ?? {};
  if (fields.identifier !== undefined) {
    holder.externalScheme = fields.identifier?.scheme ?? null;
    holder.externalId = fields.identifier?.value ?? null;
  }
  if (fields.illustrative !== undefined) holder.illustrative = fields.illustrative ?? false;
  if (fields.source !== undefined) holder.source = fields.source ?? null;
}
