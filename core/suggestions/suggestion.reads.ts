import { sql } from 'kysely';
import { holder, holderOwner, kindOf } from '../footprints/holder-view.ts';
import { elements, oneOf, places, terms } from '../projection/readers.ts';
import { type FieldReader, type View, column, sameRow, toConnection, toMany, toOne } from '../projection/view.ts';
import {
  answerView,
  changedForViewer,
  disclosure,
  hasStatus,
  myAnswer,
  revealedOr,
  statusFor,
} from './answer.reads.ts';

/** What a field tells of the record in a seat: a row of its own, for those who may read the record; null to others. */
const ofSubject =
  (read: FieldReader): FieldReader =>
  (row, selection, context) => {
    const { alias, column: named } = context.row('suggestion_subject');
    const subject = {
      alias,
      column: (name: string) => (name === 'subject_kind' ? kindOf(named('subject_id')) : named(name)),
    };
    return sql`(select ${read(subject, selection, context)} from suggestion_subject as ${sql.ref(alias)}
      where ${named('suggestion_id')} = ${row.column('suggestion_id')} and ${named('position')} = ${row.column('position')})`;
  };

/**
 * The reasons, with how many days were left on the day as of which the scope was last composed: a number that changes daily is told, not
 * stored. Once the window has begun there is none, whatever became of the suggestion meanwhile.
 */
const reasonsAsOf: FieldReader = (row, selection, context) => {
  const leadTime = sql`jsonb_build_object('code', 'LEAD_TIME', 'parameters',
    jsonb_build_array(jsonb_build_object('name', 'DAYS', 'values', jsonb_build_array(days_left::text))))`;
  const told = sql`(select jsonb_agg(case when reason ->> 'code' = 'LEAD_TIME' then ${leadTime} else reason end order by at)
    from app.days_left(${row.column('id')}) as days_left, jsonb_array_elements(${row.column('reasons')}) with ordinality as given (reason, at)
    where reason ->> 'code' <> 'LEAD_TIME' or days_left > 0)`;
  return elements('Reason', 'reasons')({ alias: row.alias, column: () => told }, selection, context);
};

/** The case study it is about: a row of its own, for those who may read the case study; null to others. */
const practice: FieldReader = (row, selection, context) => {
  const about = context.row('suggested_practice');
  return sql`(select ${toOne('CaseStudy', 'case_study_id')(about, selection, context)} from suggested_practice as ${sql.ref(about.alias)}
    where ${about.column('suggestion_id')} = ${row.column('id')})`;
};

/** What people made of suggestions of this kind in this corridor or country. */
const ranking: FieldReader = (row, selection, context) => {
  const other = context.row('ranking');
  return sql`(select ${context.object('Ranking', other, selection)} from ranking as ${sql.ref(other.alias)}
    where ${other.column('scope')} = ${row.column('scope')} and ${other.column('kind')} = ${row.column('kind')})`;
};

const suggestionView: View = {
  type: 'Suggestion',
  table: 'suggestion',
  prefix: 'sug',
  fields: {
    id: column(),
    kind: column(),
    status: (row, _selection, { viewer }) => statusFor(row, viewer.actorId),
    score: column(),
    title: column(),
    explanation: column(),
    reasons: reasonsAsOf,
    corridor: toOne('Corridor', 'corridor', 'code'),
    window: sameRow('DayRange'),
    themes: terms('theme', 'themes'),
    audiences: terms('audience', 'audiences'),
    countries: places('countries'),
    participants: toMany('SuggestedParticipant', {
      where: (participant, suggestion) => sql`${participant.column('suggestion_id')} = ${suggestion.column('id')}`,
      orderBy: (participant) => participant.column('position'),
    }),
    missing: sameRow('Missing'),
    practice,
    overlaps: toConnection(
      'Overlap',
      (overlap, suggestion) =>
        sql`${overlap.column('id')} = any(array(select app.overlaps_among(${suggestion.column('id')})))`,
    ),
    myAnswer,
    dismissedReason: column(),
    dismissedCode: column(),
    rank: column(),
    ranking,
    version: column(),
    createdAt: column(),
    updatedAt: column(),
  },
  filterCodes: { corridor: 'corridor', country: 'place' },
  filters: {
    ids: oneOf('id'),
    kinds: oneOf('kind'),
    statuses: (row, value, { viewer }) => hasStatus(row, value, viewer.actorId),
    corridor: (row, value) => sql`${row.column('corridor')} = ${value}`,
    country: (row, value) => sql`${row.column('countries')} && array[${value}]::text[]`,
    addressedToMe: (row, value, { viewer }) =>
      value === true
        ? sql`exists (select from suggestion_seat where suggestion_id = ${row.column('id')} and actor_id = ${viewer.actorId})`
        : sql`true`,
    changedAfter: (row, value, { viewer }) => changedForViewer(row, value, viewer.actorId),
  },
  orders: {
    rank: { by: (row) => row.column('rank'), type: 'float8', descending: true },
    score: { by: (row) => row.column('score'), type: 'float8', descending: true },
    start: { by: (row) => row.column('starts_on'), type: 'date' },
    updated: { by: (row) => row.column('updated_at'), type: 'timestamptz', descending: true },
  },
};

export const suggestionViews: readonly View[] = [
  suggestionView,
  answerView,
  {
    type: 'Ranking',
    table: 'ranking',
    fields: { factor: column(), dismissed: column(), agreed: column(), since: column(), version: column() },
  },
  {
    type: 'Reason',
    table: 'suggestion',
    fields: { code: column(), parameters: elements('ReasonParameter', 'parameters') },
  },
  { type: 'ReasonParameter', table: 'suggestion', fields: { name: column(), values: column() } },
  {
    type: 'SuggestedParticipant',
    table: 'suggestion_participant',
    fields: {
      position: column(),
      actor: revealedOr(ofSubject(holderOwner('subject_kind', 'subject_id'))),
      place: toOne('Place', 'country', 'code'),
      role: column(),
      lead: column(),
      subject: ofSubject(holder('subject_kind', 'subject_id')),
      disclosure,
    },
  },
  {
    type: 'Missing',
    table: 'suggestion',
    fields: {
      roles: column('missing_roles'),
      countries: places('missing_countries'),
      languages: terms('language', 'missing_languages'),
      channels: terms('channel', 'missing_channels'),
    },
  },
];
