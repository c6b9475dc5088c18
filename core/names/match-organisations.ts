import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { type Viewer, HUB_VIEWER, mayCurate } from '../access/viewer.ts';
import {
  DECIDED,
  type KnownOrganisation,
  type OrganisationMention,
  OrganisationMatcher,
  type OrganisationVerdict,
  mentionKey,
} from './match-organisation.ts';
import { type DecidedName, decidedNames, questionKey } from './name-question.rows.ts';

/** What was found, by `mentionKey`. */
export type OrganisationVerdicts = ReadonlyMap<string, OrganisationVerdict>;

/**
 * Says which actor each organisation of a file is, each distinct mention once: what a person of the same party has decided before,
 * then codes, names and aliases, then likeness. Writes nothing; `NameQuestionService.askIn` has a person decide the doubtful ones.
 *
 * Only actors that the viewer may see count, so that nobody learns from an answer of whom it does not know. Of those that others
 * registered only vetted ones count, or anybody could call itself like an organisation and be given its records with the next file.
 *
 * One statement reads the names of these actors, some 10 µs each; then see `OrganisationMatcher`.
 */
export async function matchOrganisations(
  work: Work,
  mentions: readonly OrganisationMention[],
): Promise<OrganisationVerdicts> {
  const distinct = new Map(mentions.map((mention) => [mentionKey(mention), mention]));
  if (distinct.size === 0) return new Map();
  const matcher = new OrganisationMatcher(await trustedActors(work.em, work.viewer));
  const decided = await decidedNames(work, [...distinct.values()]);
  return new Map(
    [...distinct].map(([key, mention]) => [key, heed(decided.get(questionKey(mention)), matcher, mention)]),
  );
}

/** What a person said goes before what is found; whom it refused is not proposed again. */
function heed(
  decision: DecidedName | undefined,
  matcher: OrganisationMatcher,
  mention: OrganisationMention,
): OrganisationVerdict {
  if (decision?.kind === 'is') return { kind: 'sure', actorId: decision.actorId, confidence: DECIDED, by: 'DECISION' };
  return matcher.match(mention, decision?.kind === 'is-none-of' ? decision.actorIds : undefined);
}

/** In the order of their registration. */
async function trustedActors(em: EntityManager, viewer: Viewer): Promise<readonly KnownOrganisation[]> {
  const enteredByUs =
    viewer.role === 'operator'
      ? sql`app.registered_with(actor.id, ${HUB_VIEWER.keyId})`
      : mayCurate(viewer)
        ? sql`registered_by is null`
        : sql`false`;
  const { rows } = await sql<KnownOrganisation>`
    select id, name, aliases || array(select value from jsonb_each_text(names)) as aliases, based_in_countries as "basedIn",
      coalesce(identified.identifiers, '[]') as identifiers
    from actor left join (
      select actor_id, json_agg(json_build_object('scheme', scheme, 'value', value)) as identifiers
      from actor_identifier group by actor_id) as identified on identified.actor_id = actor.id
    where merged_into_id is null
      and (vetting <> 'pending' or id = ${viewer.actorId} or registered_by = ${viewer.actorId} or ${enteredByUs})
    order by created_at, id`.execute(em.getKysely());
  return rows;
}
