import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { mayCurate } from '../access/viewer.ts';
import type { ActorService } from '../actors/actor.service.ts';
import type { Outcome } from '../outcome.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { foldName } from '../vocabulary/place-names.ts';
import type { ImportOptions, NameMatch } from './import-run.ts';
import type { NamedOrganisation } from './source-record.ts';

/** The kind of an actor of which the file says none: better than a wrong one, and a coordinator finds them by it. */
const UNSPECIFIED = { code: 'unspecified', labels: { en: 'Kind not stated' } };

/** Who an organisation of a file is. */
export type FoundOrganisation =
  | { readonly kind: 'actor'; readonly id: string }
  /** Nobody in the hub, and the sender may not enter it. */
  | { readonly kind: 'unknown' }
  /** Several in the hub are called so. */
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] };

/** Who the organisations of a file are in the hub. */
export interface Organisations {
  of(organisation: NamedOrganisation): FoundOrganisation;
  readonly matches: readonly NameMatch[];
  readonly registered: number;
}

export interface OrganisationsSought {
  readonly named: readonly { readonly organisation: NamedOrganisation; readonly owns: boolean }[];
  readonly options: ImportOptions;
}

interface Known {
  readonly id: string;
  readonly version: number;
  readonly pending: boolean;
  readonly codes: readonly string[];
  readonly folds: readonly string[];
}

interface Sought {
  readonly organisation: NamedOrganisation;
  readonly owns: boolean;
}

/**
 * Finds the actors that a file's organisations are, in the caller's transaction: by whom the sender says they are, by code, then by
 * name or alias where one actor alone is called so. For a coordinator those that are nobody yet are registered.
 *
 * Of actors that others registered only vetted ones count: else anybody could call themselves like an organisation and be given its
 * records with the next file.
 */
export async function findOrganisations(
  work: Work,
  services: { readonly actors: ActorService; readonly vocabulary: VocabularyService },
  { named, options }: OrganisationsSought,
): Promise<Organisations> {
  const sought = distinct(named);
  const folds = await foldedNames(work, sought);
  const foldOf = (name: string): string => folds.get(name) ?? foldName(name);
  const known = await knownActors(work, sought, [...folds.values()]);
  const byCode = indexBy(known, ({ codes }) => codes);
  const byFold = indexBy(known, ({ folds }) => folds);
  const decided = new Map((options.names ?? []).map(({ name, actor }) => [foldName(name), actor ?? null]));
  const found = new Map<string, FoundOrganisation>();
  const matches: NameMatch[] = [];
  const mayEnter = mayCurate(work.viewer);
  let registered = 0;
  for (const [key, one] of sought) {
    const { organisation } = one;
    const decision = decided.get(foldName(organisation.name));
    const same = byCode.get(codeKey(organisation) ?? '') ?? byFold.get(foldOf(organisation.name)) ?? [];
    const chosen = decision === undefined ? same : same.filter(({ id }) => id === decision);
    const [first, second] = chosen;
    if (typeof decision === 'string' && !first) {
      found.set(key, { kind: 'actor', id: decision });
    } else if (first && second) {
      const ids = chosen.map(({ id }) => id);
      found.set(key, { kind: 'ambiguous', ids });
      matches.push({
        name: organisation.name,
        actor: null,
        candidates: ids.map((actor) => ({ actor, confidence: 1 / ids.length })),
      });
    } else if (first) {
      found.set(key, { kind: 'actor', id: first.id });
      if (one.owns && first.pending && options.vouch) await vouch(first.id, first.version);
    } else if (mayEnter) {
      const id = await register(organisation);
      registered += 1;
      found.set(key, { kind: 'actor', id });
      if (one.owns && options.vouch) await vouch(id, 1);
    } else found.set(key, { kind: 'unknown' });
  }
  return { of: (organisation) => found.get(keyOf(organisation)) ?? { kind: 'unknown' }, matches, registered };

  async function register({ name, code, kind }: NamedOrganisation): Promise<string> {
    if (kind === null) await services.vocabulary.ensureTerms(work.em, 'actor_kind', [UNSPECIFIED]);
    const id = expectSaved(
      await services.actors.registerIn(work, {
        name: name.slice(0, 300),
        kind: kind ?? UNSPECIFIED.code,
        identifiers: code === null ? [] : [code],
        source: 'Named in a file that was imported.',
      }),
    );
    // It is written; what stays in memory would be compared with the database at every later write.
    work.em.clear();
    return id;
  }

  async function vouch(id: string, expectedVersion: number): Promise<void> {
    const evidence = 'A coordinator vouched for it when a file with records of it was imported.';
    expectSaved(await services.actors.verifyIn(work, { id, expectedVersion, evidence }));
    work.em.clear();
  }
}

/** @throws when it was refused: what a name says was checked before, so that is a bug. */
function expectSaved(outcome: Outcome): string {
  if (outcome.kind === 'saved') return outcome.id;
  throw new Error(`an organisation of the file was refused: ${JSON.stringify(outcome)}`);
}

const codeKey = ({ code }: NamedOrganisation): string | null =>
  code === null ? null : `${code.scheme} ${code.value.toUpperCase()}`;
const keyOf = (organisation: NamedOrganisation): string =>
  codeKey(organisation) ?? `name ${foldName(organisation.name)}`;

/** Each once, in the order of the file; an owner where it owns anywhere, of the kind that any mention states. */
function distinct(named: OrganisationsSought['named']): ReadonlyMap<string, Sought> {
  const sought = new Map<string, Sought>();
  for (const { organisation, owns } of named) {
    const key = keyOf(organisation);
    const before = sought.get(key);
    const kind = before?.organisation.kind ?? organisation.kind;
    sought.set(key, {
      organisation: { ...(before?.organisation ?? organisation), kind },
      owns: owns || before?.owns === true,
    });
  }
  // A mention without a code is whoever the file calls so with one.
  const coded = new Map(
    [...sought].flatMap(([key, one]) =>
      key.startsWith('name ') ? [] : [[foldName(one.organisation.name), one] as const],
    ),
  );
  return new Map(
    [...sought].map(([key, one]) => {
      const same = key.startsWith('name ') ? coded.get(foldName(one.organisation.name)) : undefined;
      return [key, same ? { organisation: same.organisation, owns: one.owns || same.owns } : one];
    }),
  );
}

/** The names as the database folds them, by the name as written. */
async function foldedNames({ em }: Work, sought: ReadonlyMap<string, Sought>): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set([...sought.values()].map(({ organisation }) => organisation.name))];
  const { rows } = await sql<{ name: string; fold: string }>`
    select name, app.fold(regexp_replace(name, '\\s+', ' ', 'g')) as fold from unnest(${names}::text[]) as name`.execute(
    em.getKysely(),
  );
  return new Map(rows.map(({ name, fold }) => [name, fold]));
}

/** Actors with one of these names or codes that count for this sender, those registered first at the beginning. */
async function knownActors(
  { em, viewer, today }: Work,
  sought: ReadonlyMap<string, Sought>,
  folds: readonly string[],
): Promise<Known[]> {
  const codes = [...new Set([...sought.values()].flatMap(({ organisation }) => codeKey(organisation) ?? []))];
  const { rows } = await sql<Known>`
    with named as (
      select id, array(select distinct app.fold(regexp_replace(called, '\\s+', ' ', 'g')) from unnest(
        name || aliases || array(select value from jsonb_each_text(names))) as called) as folds
      from actor where merged_into_id is null
    ), identified as (
      select actor_id as id, array_agg(scheme || ' ' || upper(value)) as codes from actor_identifier group by actor_id
    )
    select id, version, folds, coalesce(codes, '{}') as codes,
      vetting = 'pending' and coalesce(vetted_until, 'infinity') >= date '1970-01-01' + ${today}::int as pending
    from actor join named using (id) left join identified using (id)
    where (folds && ${[...folds]}::text[] or codes && ${codes}::text[])
      and (vetting <> 'pending' or id = ${viewer.actorId} or registered_by is not distinct from ${viewer.actorId})
    order by created_at, id`.execute(em.getKysely());
  return rows;
}

/** The values by each of their keys, in the order given. */
function indexBy<T>(values: readonly T[], keysOf: (value: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const keyed = values.flatMap((value) => [...new Set(keysOf(value))].map((key) => ({ key, value })));
  return new Map([...Map.groupBy(keyed, ({ key }) => key)].map(([key, same]) => [key, same.map(({ value }) => value)]));
}
