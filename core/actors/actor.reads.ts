import { sql } from 'kysely';
import {
  changedAfter,
  localized,
  matchesSearch,
  oneOf,
  places,
  shares,
  term,
  variants,
} from '../projection/readers.ts';
import { type View, column, toConnection, toMany, toOne } from '../projection/view.ts';

const actorView: View = {
  type: 'Actor',
  table: 'actor',
  prefix: 'act',
  fields: {
    id: column(),
    kind: term('actor_kind', 'kind'),
    name: localized('name', 'names'),
    names: variants('names'),
    aliases: column(),
    description: column(),
    website: column(),
    legalStatus: column(),
    hostedBy: toOne('Actor', 'hosted_by_id'),
    baliProcessRole: column('bali_role'),
    basedIn: places('based_in'),
    communityOf: places('community_of'),
    identifiers: toMany('Identifier', {
      where: (identifier, actor) => sql`${identifier.column('actor_id')} = ${actor.column('id')}`,
      orderBy: (identifier) => sql`${identifier.column('scheme')}, ${identifier.column('value')}`,
    }),
    commitments: toMany('Commitment', {
      where: (commitment, actor) =>
        sql`${commitment.column('actor_id')} = ${actor.column('id')} and ${commitment.column('programme_id')} is null`,
      orderBy: (commitment) => commitment.column('id'),
    }),
    programmes: toConnection(
      'Programme',
      (programme, actor) => sql`${programme.column('owner_id')} = ${actor.column('id')}`,
    ),
    campaigns: toConnection(
      'Campaign',
      (campaign, actor) => sql`${campaign.column('owner_id')} = ${actor.column('id')}`,
    ),
    vetting: column(),
    visibility: column(),
    vettingDecisions: toMany('VettingDecision', {
      where: (decision, actor) => sql`${decision.column('actor_id')} = ${actor.column('id')}`,
      orderBy: (decision) => decision.column('id'),
    }),
    mergedFrom: toMany('ActorMerge', {
      where: (merge, actor) =>
        sql`${merge.column('survivor_id')} = ${actor.column('id')} and ${merge.column('undone_at')} is null`,
      orderBy: (merge) => sql`${merge.column('merged_at')}, ${merge.column('duplicate_id')}`,
    }),
    vettedUntil: column(),
    illustrative: column(),
    source: column(),
    version: column(),
    createdAt: column(),
    updatedAt: column(),
  },
  filterCodes: { kinds: 'actor_kind', countries: 'place' },
  filters: {
    search: matchesSearch,
    kinds: oneOf('kind'),
    countries: shares('based_in_countries'),
    vetting: oneOf('vetting'),
    baliProcessRoles: oneOf('bali_role'),
    identifier: (row, value) => {
      const { scheme, value: code } = value as { scheme: string; value: string };
      return sql`exists (select from actor_identifier i where i.actor_id = ${row.column('id')} and i.scheme = ${scheme} and i.value = ${code})`;
    },
    changedAfter,
  },
  orders: {
    name: { by: (row) => row.column('name'), type: 'text' },
    updated: { by: (row) => row.column('updated_at'), type: 'timestamptz' },
  },
  where: (row) => sql`${row.column('merged_into_id')} is null`,
  successor: (id) => sql`app.surviving_actor(${id})`,
};

const identifierView: View = {
  type: 'Identifier',
  table: 'actor_identifier',
  fields: { scheme: column(), value: column() },
};

const vettingDecisionView: View = {
  type: 'VettingDecision',
  table: 'vetting_decision',
  fields: { decision: column(), evidence: column(), validUntil: column(), decidedAt: column() },
};

const mergeView: View = {
  type: 'ActorMerge',
  table: 'actor_merge',
  fields: { duplicate: column('duplicate_id'), mergedAt: column() },
};

export const actorViews: readonly View[] = [actorView, identifierView, vettingDecisionView, mergeView];
