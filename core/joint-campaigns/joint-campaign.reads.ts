import { sql } from 'kysely';
import { changedAfter, elements, oneOf, terms } from '../projection/readers.ts';
import {
  type FieldReader,
  type Row,
  type Sql,
  type View,
  column,
  expression,
  sameRow,
  toConnection,
  toMany,
  toOne,
} from '../projection/view.ts';
import { insideViews } from './inside.reads.ts';
import { hasConfirmed, missingIn, REMEDIES } from './readiness.ts';

const today = sql`app.today()`;

const missing = (part: Row): Sql => missingIn(part, today);

const isMine = (part: Row, actorId: string | null): Sql =>
  sql`coalesce(${part.column('actor_id')} = ${actorId}, false)`;

/** What the owner of a part said of it; else, also where one may not know, the other. */
const said =
  (name: string, otherwise: Sql): FieldReader =>
  (part) =>
    sql`coalesce(${part.column(name)}, ${otherwise})`;

const inside = {
  where: (inner: Row, joint: Row): Sql => sql`${inner.column('joint_id')} = ${joint.column('id')}`,
};

/** Each country with a required part, by code, with what its required parts lack together. */
const readiness: FieldReader = (joint, selection, context) => {
  const part = context.row('seen_joint_part');
  const country = context.row('country');
  const alias = sql.ref(country.alias);
  return sql`coalesce((select json_agg(${context.object('CountryReadiness', country, selection)} order by ${country.column('country')})
    from (select ${part.column('country')} as country, jsonb_agg(lack order by ${part.column('position')}) filter (where lack is not null) as missing
      from seen_joint_part as ${sql.ref(part.alias)} left join lateral jsonb_array_elements(${missing(part)}) as lack on true
      where ${part.column('joint_id')} = ${joint.column('id')} and ${part.column('required')}
      group by ${part.column('country')}) as ${alias}), '[]'::json)`;
};

const remedies = sql.join(
  Object.entries(REMEDIES).map(([code, remedy]) => sql`when ${sql.lit(code)} then ${sql.lit(remedy)}`),
  sql` `,
);

const jointCampaignView: View = {
  type: 'JointCampaign',
  table: 'joint_campaign',
  prefix: 'jnt',
  fields: {
    id: column(),
    name: column(),
    description: column(),
    status: column('state'),
    cancelledReason: column(),
    suggestion: toOne('Suggestion', 'suggestion_id'),
    corridor: toOne('Corridor', 'corridor', 'code'),
    themes: terms('theme', 'themes'),
    audiences: terms('audience', 'audiences'),
    window: sameRow('DayRange'),
    windowVersion: column(),
    parts: toMany('JointPart', { ...inside, orderBy: (part) => part.column('position') }),
    tasks: toMany('JointTask', {
      ...inside,
      orderBy: (
        task,
      ) => sql`(${task.column('part_id')}, array_position(array['prepare', 'launch', 'run', 'close'], ${task.column('phase')}),
        ${task.column('due_from')} = 'end', ${task.column('due_after_days')}, ${task.column('id')})`,
    }),
    messages: toMany('JointMessage', {
      ...inside,
      orderBy: (message) =>
        sql`(${message.column('perspective')}, ${message.column('language')}, ${message.column('id')})`,
    }),
    proposedDates: toMany('ProposedDates', {
      ...inside,
      orderBy: (proposal) => sql`(${proposal.column('made_at')}, ${proposal.column('id')})`,
    }),
    outcomes: toMany('JointOutcome', { ...inside, orderBy: (outcome) => outcome.column('id') }),
    decisions: toConnection('JointDecision', inside.where),
    readiness,
    sharedWithCoordinators: expression(
      (joint) => sql`coalesce((select bool_and(party.shared) from joint_party party
        where party.joint_id = ${joint.column('id')} and party.state = 'accepted'), false)`,
    ),
    version: column(),
    createdAt: column(),
    updatedAt: column(),
  },
  filterCodes: { corridor: 'corridor' },
  filters: {
    ids: oneOf('id'),
    statuses: oneOf('state'),
    suggestions: oneOf('suggestion_id'),
    corridor: (joint, value) => sql`${joint.column('corridor')} = ${value}`,
    invited: (joint, value, { viewer }) => {
      const invitation = sql`exists (select from joint_party party where party.joint_id = ${joint.column('id')}
        and party.actor_id = ${viewer.actorId} and party.state = 'invited')`;
      return value === true ? invitation : sql`not ${invitation}`;
    },
    changedAfter: (joint, value) =>
      sql`(${changedAfter(joint, value)} or exists (select from joint_party party where party.joint_id = ${joint.column('id')}
        and app.changed_after(party.change_xid, ${String(value)})))`,
  },
  orders: {
    updated: { by: (joint) => joint.column('updated_at'), type: 'timestamptz', descending: true },
    start: { by: (joint) => joint.column('starts_on'), type: 'date' },
  },
};

const jointPartView: View = {
  type: 'JointPart',
  table: 'seen_joint_part',
  prefix: 'jpt',
  fields: {
    id: column(),
    jointCampaign: toOne('JointCampaign', 'joint_id'),
    place: toOne('Place', 'country', 'code'),
    role: column(),
    lead: column(),
    required: column(),
    status: (part) => sql`case coalesce(${part.column('state')}, 'invited')
      when 'accepted' then case when ${missing(part)} = '[]' then 'ready' else 'accepted' end
      else coalesce(${part.column('state')}, 'invited') end`,
    actor: toOne('Actor', 'actor_id'),
    mine: (part, _selection, { viewer }) => isMine(part, viewer.actorId),
    declinedReason: column(),
    contribution: said('contribution', sql`''`),
    languages: said('languages', sql`'{}'::text[]`),
    campaign: toOne('Campaign', 'campaign_id'),
    entry: toOne('CalendarEntry', 'entry_id'),
    datesConfirmed: hasConfirmed,
    sharesWithCoordinators: said('shared', sql`false`),
    missing: (part, selection, context) =>
      elements('MissingPiece', 'missing')({ alias: part.alias, column: () => missing(part) }, selection, context),
    version: (part, _selection, { viewer }) =>
      sql`case when ${isMine(part, viewer.actorId)} then ${part.column('version')} end`,
  },
};

export const jointCampaignViews: readonly View[] = [
  jointCampaignView,
  jointPartView,
  {
    type: 'MissingPiece',
    table: 'joint_part',
    fields: {
      code: column(),
      values: column(),
      remedy: (piece) => sql`case ${piece.column('code')} #>> '{}' ${remedies} end`,
    },
  },
  {
    type: 'CountryReadiness',
    table: 'joint_part',
    fields: {
      place: toOne('Place', 'country', 'code'),
      ready: (country) => sql`${country.column('missing')} is null`,
      missing: (country, selection, context) =>
        elements('MissingPiece', 'missing')(
          { alias: country.alias, column: (name) => sql`coalesce(${country.column(name)}, '[]')` },
          selection,
          context,
        ),
    },
  },
  ...insideViews,
];
