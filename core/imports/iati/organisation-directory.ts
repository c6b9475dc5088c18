import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Work } from '../../access/unit-of-work.ts';
import { HUB_VIEWER } from '../../access/viewer.ts';
import type { ActorService } from '../../actors/actor.service.ts';
import type { Outcome } from '../../outcome.ts';
import type { VocabularyService } from '../../vocabulary/vocabulary.service.ts';
import { type AssignedOrganisation, type FoldedMention, type KnownActor, assignActors } from './assign-actors.ts';
import type { Survey } from './survey.ts';

/** Scheme of the identifiers by which IATI knows organisations. */
const SCHEME = 'iati';

/** The kind of an actor of which the file says none: better than a wrong one, and a coordinator finds them by it. */
const UNSPECIFIED = { code: 'unspecified', labels: { en: 'Kind not stated' } };

/** Who the organisations of a file are in the hub. */
export interface OrganisationDirectory {
  /** Ids of actors by the keys of mentions. */
  readonly actorIds: ReadonlyMap<string, string>;
  /** Publishers that are not verified, by id: what is theirs matches nothing. */
  readonly unverified: ReadonlySet<string>;
  readonly found: number;
  readonly registered: number;
  /** Of those registered by a load, now or before: publishers for whom this load vouches. */
  readonly verified: number;
}

export interface DirectoryOptions {
  /** Where the organisations are named, as people know it. */
  readonly fileName: string;
  /** Whether the operator vouches for the publishers that the hub knows only from files. */
  readonly verify: boolean;
}

type StoredActor = KnownActor & {
  readonly version: number;
  readonly vetting: string;
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
};

/**
 * Finds the actors that a file's organisations are, and registers those that are nobody yet. In the caller's transaction.
 *
 * Of actors that others registered only vetted ones count: else anybody could call themselves like an organisation and be given its
 * programmes with the next file.
 */
export async function openDirectory(
  work: Work,
  services: { readonly actors: ActorService; readonly vocabulary: VocabularyService },
  mentions: Survey['mentions'],
  { fileName, verify }: DirectoryOptions,
): Promise<OrganisationDirectory> {
  const folded = await foldMentions(work.em, mentions);
  const stored = await storedActors(work, folded);
  const storedById = new Map(stored.map((actor) => [actor.id, actor]));
  const organisations = assignActors(folded, stored);
  if (organisations.some(({ actorId, mention }) => actorId === null && mention.kind === null)) {
    await services.vocabulary.ensureTerms(work.em, 'actor_kind', [UNSPECIFIED]);
  }
  const actorIds = new Map<string, string>();
  const unverified = new Set<string>();
  let registered = 0;
  let verified = 0;
  for (const organisation of organisations) {
    const known = organisation.actorId === null ? undefined : storedById.get(organisation.actorId);
    let version = known?.version ?? 1;
    const id = known?.id ?? (await register(organisation));
    if (!known) registered += 1;
    if (known && organisation.lacksRef) version = await identify(known, organisation);
    // It is written; what stays in memory would be compared with the database at every later write.
    work.em.clear();
    for (const key of organisation.keys) actorIds.set(key, id);
    if (!organisation.publishes) continue;
    const pending = (known?.vetting ?? 'pending') === 'pending';
    if (pending && verify) {
      expectSaved(
        await services.actors.verifyIn(work, { id, expectedVersion: version, evidence: evidenceOf(fileName) }),
      );
      verified += 1;
    } else if (known?.vetting !== 'verified') unverified.add(id);
  }
  return { actorIds, unverified, found: organisations.length - registered, registered, verified };

  async function register({ mention }: AssignedOrganisation): Promise<string> {
    const { ref, name, names, kind } = mention;
    const input = {
      name,
      names: Object.entries(names).map(([language, text]) => ({ language, text })),
      kind: kind ?? UNSPECIFIED.code,
      identifiers: ref === null ? [] : [{ scheme: SCHEME, value: ref }],
      source: `IATI file ${fileName}`,
    };
    return expectSaved(await services.actors.registerIn(work, input));
  }

  /** @returns the version that the actor has now. */
  async function identify(actor: StoredActor, { mention }: AssignedOrganisation): Promise<number> {
    const identifiers = [...actor.identifiers, { scheme: SCHEME, value: mention.ref ?? '' }];
    expectSaved(await services.actors.reviseIn(work, { id: actor.id, expectedVersion: actor.version, identifiers }));
    return actor.version + 1;
  }
}

const evidenceOf = (fileName: string): string =>
  `Publishes activities in the IATI file ${fileName}, which the operator of the hub loaded.`;

/** @throws when it was refused: what a mention says was checked before, so that is a bug. */
function expectSaved(outcome: Outcome): string {
  if (outcome.kind === 'saved') return outcome.id;
  throw new Error(`an organisation of the file was refused: ${JSON.stringify(outcome)}`);
}

async function foldMentions(em: EntityManager, mentions: Survey['mentions']): Promise<FoldedMention[]> {
  const names = mentions.map(({ name }) => name);
  const { rows } = await sql<{ fold: string }>`
    select app.fold(name) as fold from unnest(${names}::text[]) with ordinality as mention (name, position) order by position`.execute(
    em.getKysely(),
  );
  return mentions.map((mention, index) => ({ ...mention, fold: rows[index]?.fold ?? '' }));
}

/**
 * Actors with one of these names or identifiers, those registered first at the beginning, so that a namesake who comes later
 * changes nothing: vetted ones, and those that the hub registered itself. Nobody else changes them
 * until the transaction ends. Folds every name in the hub, about 20 µs each.
 */
async function storedActors({ em, today }: Work, mentions: readonly FoldedMention[]): Promise<StoredActor[]> {
  const folds = [...new Set(mentions.map(({ fold }) => fold))];
  const refs = [...new Set(mentions.flatMap(({ ref }) => ref?.toUpperCase() ?? []))];
  const { rows } = await sql<StoredActor>`
    with named as (
      select id, array(select distinct app.fold(regexp_replace(called, '\\s+', ' ', 'g')) from unnest(
        name || aliases || array(select value from jsonb_each_text(names))) as called) as folds
      from actor where merged_into_id is null
    ), identified as (
      select actor_id as id, array_agg(upper(value)) filter (where scheme = ${SCHEME}) as refs,
        json_agg(json_build_object('scheme', scheme, 'value', value) order by scheme, value) as identifiers
      from actor_identifier group by actor_id
    )
    select id, version, case when vetted_until < date '1970-01-01' + ${today}::int then 'expired' else vetting end as vetting, folds, coalesce(refs, '{}') as refs, coalesce(identifiers, '[]') as identifiers
    from actor join named using (id) left join identified using (id)
    where (folds && ${folds}::text[] or refs && ${refs}::text[])
      and (vetting <> 'pending' or app.registered_with(actor.id, ${HUB_VIEWER.keyId}))
    order by created_at, id for no key update of actor`.execute(em.getKysely());
  return rows;
}
