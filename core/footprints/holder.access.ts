import { sql } from 'kysely';
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
 * called before the record is written: whoever restricts it must be able to see what it has written.
 */
export async function replaceAccess(
  work: Work,
  holder: { readonly id: string; readonly ownerId: string },
  { exclude, release, ...fields }: Pick<HolderChanges, 'exclude' | 'namedReaders' | 'release'>,
): Promise<Refused | null> {
  const db = work.em.getKysely();
  const namedReaders = fields.namedReaders ?? (release?.visibility === 'restricted' ? [] : fields.namedReaders);
  if (exclude !== undefined) {
    const marks = [
      ...(exclude?.actors ?? []).map((id) => `actor:${id}`),
      ...(exclude?.actorKinds ?? []).map((kind) => `kind:${kind}`),
      ...(exclude?.countries ?? []).map((country) => `country:${country}`),
    ];
    await sql`delete from exclusion where subject_id = ${holder.id}`.execute(db);
    await sql`insert into exclusion (subject_id, owner_id, mark)
      select distinct ${holder.id}, ${holder.ownerId}, mark from unnest(${marks}::text[]) as mark`.execute(db);
  }
  if (namedReaders !== undefined) {
    const named = [
      ...new Set([...(namedReaders ?? []), ...(work.viewer.actorId === holder.ownerId ? [work.viewer.keyId] : [])]),
    ];
    const known = await sql<{
      id: string;
    }>`select id from api_key where id = any(${named}) and actor_id = ${holder.ownerId}`.execute(db);
    const strangers = named.filter((id) => !known.rows.some((key) => key.id === id));
    if (strangers.length > 0)
      return invalid([{ path: 'input.namedReaders', message: `No key of its owner: ${strangers.join(', ')}.` }]);
    await sql`delete from named_reader where subject_id = ${holder.id}`.execute(db);
    await sql`insert into named_reader (subject_id, owner_id, key_id)
      select ${holder.id}, ${holder.ownerId}, key_id from unnest(${named}::text[]) as key_id`.execute(db);
  }
  return null;
}
