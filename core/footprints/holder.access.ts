import { sql } from 'kysely';
import { record } from '../access/audit.ts';
import type { Work } from '../access/unit-of-work.ts';
import { type Refused, forbidden, invalid } from '../outcome.ts';
import type { HolderChanges } from './holder.input.ts';
import type { Holder } from './holder.entity.ts';

/** Refuses a change of what only a record's owner decides: who sees how much of it, and where it is when others do not see that. */
export function refuseAccessBy(
  { viewer }: Work,
  holder: Pick<Holder, 'ownerId' | 'placePrecision'>,
  fields: Pick<HolderChanges, 'release' | 'exclude' | 'namedReaders' | 'footprint'>,
): Refused | null {
  if (viewer.role === 'operator' || viewer.actorId === holder.ownerId) return null;
  const { release, exclude, namedReaders } = fields;
  if (release !== undefined || exclude !== undefined || namedReaders !== undefined)
    return forbidden('Only its owner decides who sees how much of it.');
  const moves = fields.footprint === null || fields.footprint?.places !== undefined;
  return moves && holder.placePrecision !== 'exact'
    ? forbidden('Only its owner may say where it is, because others do not see its places as they are.')
    : null;
}

/**
 * Replaces whom a record excludes and, of a restricted one, who of the owner's people may see it; what is absent stays. To be
 * called after all that may refuse the change, and before the record is written: whoever restricts it must be able to see what it
 * has written.
 */
export async function replaceAccess(
  work: Work,
  holder: Owned,
  { exclude, release, ...fields }: Pick<HolderChanges, 'exclude' | 'namedReaders' | 'release'>,
): Promise<Refused | null> {
  const namedReaders = fields.namedReaders ?? (release?.visibility === 'restricted' ? [] : fields.namedReaders);
  const named = namedReaders === undefined ? null : (namedReaders ?? []);
  const strangers = named && (await refuseStrangers(work, holder, named));
  if (strangers) return strangers;
  if (exclude !== undefined) await replaceExclusions(work, holder, exclude);
  if (named) await replaceNamedReaders(work, holder, withWriter(work, holder, named));
  return null;
}

type Owned = Pick<Holder, 'id' | 'ownerId'>;

/** Whoever of its owner's people restricts a record is among those who see it. */
function withWriter({ viewer }: Work, { ownerId }: Owned, named: readonly string[]): string[] {
  return [...new Set([...named, ...(viewer.actorId === ownerId ? [viewer.keyId] : [])])];
}

async function refuseStrangers(work: Work, { ownerId }: Owned, named: readonly string[]): Promise<Refused | null> {
  const known = await sql<{ id: string }>`
    select id from api_key where id = any(${named}) and actor_id = ${ownerId}
    union select user_id from membership where user_id = any(${named}) and actor_id = ${ownerId}`.execute(
    work.em.getKysely(),
  );
  const strangers = named.filter((id) => !known.rows.some((key) => key.id === id));
  if (strangers.length === 0) return null;
  return invalid([{ path: 'input.namedReaders', message: `No key of its owner: ${strangers.join(', ')}.` }]);
}

async function replaceExclusions(work: Work, { id, ownerId }: Owned, exclude: HolderChanges['exclude']): Promise<void> {
  const db = work.em.getKysely();
  const marks = [
    ...(exclude?.actors ?? []).map((actor) => `actor:${actor}`),
    ...(exclude?.actorKinds ?? []).map((kind) => `kind:${kind}`),
    ...(exclude?.countries ?? []).map((country) => `country:${country}`),
  ];
  await sql`delete from exclusion where subject_id = ${id}`.execute(db);
  await sql`insert into exclusion (subject_id, owner_id, mark)
    select distinct ${id}, ${ownerId}, mark from unnest(${marks}::text[]) as mark`.execute(db);
  await record(work, 'exclusions.changed', id, { marks: marks.length });
}

async function replaceNamedReaders(work: Work, { id, ownerId }: Owned, named: readonly string[]): Promise<void> {
  const db = work.em.getKysely();
  await sql`delete from named_reader where subject_id = ${id}`.execute(db);
  await sql`insert into named_reader (subject_id, owner_id, key_id)
    select ${id}, ${ownerId}, key_id from unnest(${named}::text[]) as key_id`.execute(db);
  await record(work, 'readers.named', id, { readers: named.length });
}
