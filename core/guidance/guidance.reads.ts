import { sql } from 'kysely';
import {
  changedAfter,
  elements,
  localized,
  matchesSearch,
  oneOf,
  shares,
  term,
  terms,
  variants,
} from '../projection/readers.ts';
import { type View, column, expression, sameRow, toConnection } from '../projection/view.ts';

/** What a section says, read from it or from one of its versions. */
const content: View['fields'] = {
  step: term('handbook_step', 'step'),
  title: localized('title', 'titles'),
  titles: variants('titles'),
  text: localized('text', 'texts'),
  texts: variants('texts'),
  language: column(),
  roles: column(),
  phases: terms('phase', 'phases'),
  audiences: terms('audience', 'audiences'),
  themes: terms('theme', 'themes'),
  channels: terms('channel', 'channels'),
  languages: terms('language', 'languages'),
  objectiveLevels: terms('objective_level', 'objective_levels'),
  actorKinds: terms('actor_kind', 'actor_kinds'),
  source: column(),
  sourceUrl: column(),
  reviewedOn: column(),
  reviewDueOn: column(),
  retired: expression((row) => sql`${row.column('retired_at')} is not null`),
  version: column(),
  reason: column(),
};

/** What the finder makes for one answer: sections, with why they are given. It is no table: see `GuidanceFinder`. */
const GIVEN = 'given_guidance';

export const guidanceViews: readonly View[] = [
  {
    type: 'GuidanceSection',
    table: 'guidance_section',
    prefix: 'gui',
    fields: {
      id: column(),
      ...content,
      versions: toConnection(
        'GuidanceVersion',
        (version, section) => sql`${version.column('section_id')} = ${section.column('id')}`,
      ),
      createdAt: column(),
      updatedAt: column(),
    },
  },
  {
    type: 'GuidanceVersion',
    table: 'guidance_version',
    fields: { ...content, changedAt: column('updated_at'), changedBy: column() },
    orders: { version: { by: (row) => row.column('version'), type: 'int4', descending: true } },
  },
  {
    type: 'Guidance',
    table: GIVEN,
    fields: {
      section: sameRow('GuidanceSection'),
      because: column(),
      reasons: elements('GuidanceReason', 'reasons'),
    },
    filterCodes: {
      steps: 'handbook_step',
      phases: 'phase',
      audiences: 'audience',
      themes: 'theme',
      channels: 'channel',
      languages: 'language',
      objectiveLevels: 'objective_level',
      actorKinds: 'actor_kind',
    },
    filters: {
      search: matchesSearch,
      steps: oneOf('step'),
      roles: shares('roles'),
      phases: shares('phases'),
      audiences: shares('audiences'),
      themes: shares('themes'),
      channels: shares('channels'),
      languages: (row, value) =>
        sql`${row.column('languages')} && array(select split_part(asked, '-', 1) from unnest(${value}::text[]) as asked)`,
      objectiveLevels: shares('objective_levels'),
      actorKinds: shares('actor_kinds'),
      reviewDueBefore: (row, value) => sql`${row.column('review_due_on')} < ${String(value)}::date`,
      retired: (row, value) => sql`(${row.column('retired_at')} is not null) = ${value === true}`,
      changedAfter,
      // Which rows there are was decided when they were made; here it only binds a page's cursor to what it was asked for.
      for: () => sql`true`,
    },
    orders: {
      step: { by: (row) => row.column('listed_by'), type: 'text' },
      fit: { by: (row) => row.column('rank'), type: 'int4' },
    },
  },
  { type: 'GuidanceReason', table: 'guidance_section', fields: { code: column(), values: column() } },
];
