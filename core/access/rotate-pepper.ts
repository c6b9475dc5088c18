import { sql } from 'kysely';
import type { Randomness } from '../../platform/ids.ts';
import { record } from './audit.ts';
import { takeTurn } from './letting-in.ts';
import { FIRST_PEPPER, readStoredPeppers, writeStoredPeppers } from './peppers.ts';
import type { Work } from './unit-of-work.ts';

/** What is still hashed with one pepper. */
export interface PepperUse {
  readonly id: string;
  readonly current: boolean;
  /** Living API keys. */
  readonly keys: number;
  /** Living calendar feeds. */
  readonly feeds: number;
}

export type Rotation =
  | { readonly kind: 'rotated'; readonly pepper: string }
  /** One that was begun before and cut off is complete now. */
  | { readonly kind: 'finished'; readonly pepper: string };

export type Retirement =
  | { readonly kind: 'retired'; readonly peppers: readonly string[]; readonly keys: number; readonly feeds: number }
  | { readonly kind: 'nothing-to-retire' }
  /** So many would stop working. */
  | { readonly kind: 'in-use'; readonly keys: number; readonly feeds: number };

const ID_BYTES = 6;
const SECRET_BYTES = 32;
const ID_SUBSTITUTE = 'x';

/**
 * Gives the hub a new pepper beside those it has. Each key and feed is hashed anew when it is next used; until then the pepper that it
 * was hashed with counts. The file is the truth and the audit follows it: cut off at any moment, the next call finishes what was begun.
 * @param work on the app login, as the hub
 */
export async function rotatePepper(work: Work, folder: string, randomness: Randomness): Promise<Rotation> {
  await takeTurn(work, ['peppers']);
  const unfinished = await tellAudit(work, folder);
  if (unfinished.rotated.length > 0) return { kind: 'finished', pepper: unfinished.rotated.at(-1) ?? '' };
  const id = Buffer.from(randomness.bytes(ID_BYTES)).toString('base64url').replace(/[-_]/g, ID_SUBSTITUTE);
  const secret = Buffer.from(randomness.bytes(SECRET_BYTES)).toString('base64url');
  await writeStoredPeppers(folder, [...(await readStoredPeppers(folder)), { id, secret }]);
  await tellAudit(work, folder);
  return { kind: 'rotated', pepper: id };
}

/** Which pepper hashes what, oldest first. */
export async function readPepperUse({ em, now }: Work, folder: string): Promise<readonly PepperUse[]> {
  const stored = await readStoredPeppers(folder);
  const { rows } = await sql<{ id: string; keys: number; feeds: number }>`
    select pepper as id, sum(keys)::int as keys, sum(feeds)::int as feeds from (
      select pepper, count(*) as keys, 0 as feeds from api_key where revoked_at is null and expires_at > ${now} group by pepper
      union all select pepper, 0, feeds from app.count_feeds_by_pepper(${now})) as used
    group by pepper`.execute(em.getKysely());
  return stored.map(({ id }, place) => {
    const used = rows.find((row) => row.id === id);
    return { id, current: place === stored.length - 1, keys: used?.keys ?? 0, feeds: used?.feeds ?? 0 };
  });
}

/**
 * Ends every pepper but the current one. What was not used since the rotation stops working, which without `anyway` is refused.
 * @param work on the app login, as the hub
 */
export async function retirePeppers(work: Work, folder: string, anyway: boolean): Promise<Retirement> {
  await takeTurn(work, ['peppers']);
  await tellAudit(work, folder);
  const old = (await readPepperUse(work, folder)).filter(({ current }) => !current);
  if (old.length === 0) return { kind: 'nothing-to-retire' };
  const keys = old.reduce((sum, use) => sum + use.keys, 0);
  const feeds = old.reduce((sum, use) => sum + use.feeds, 0);
  if (keys + feeds > 0 && !anyway) return { kind: 'in-use', keys, feeds };
  await writeStoredPeppers(folder, (await readStoredPeppers(folder)).slice(-1));
  await tellAudit(work, folder);
  return { kind: 'retired', peppers: old.map(({ id }) => id), keys, feeds };
}

/** Writes into the audit what the file says and the audit does not: peppers that were added, and such that were ended. */
async function tellAudit(work: Work, folder: string): Promise<{ readonly rotated: readonly string[] }> {
  const stored = (await readStoredPeppers(folder)).map(({ id }) => id);
  const { rows } = await sql<{ action: string; pepper: string }>`
    select action, pepper from app.told_peppers()`.execute(work.em.getKysely());
  const told = (action: string): string[] => rows.filter((row) => row.action === action).map(({ pepper }) => pepper);
  const begun = [FIRST_PEPPER, ...told('pepper.rotated')];
  const rotated = stored.filter((id) => !begun.includes(id));
  const retired = begun.filter((id) => !stored.includes(id) && !told('pepper.retired').includes(id));
  for (const pepper of rotated) await record(work, 'pepper.rotated', `pep_${pepper}`);
  for (const pepper of retired) await record(work, 'pepper.retired', `pep_${pepper}`);
  return { rotated };
}
