import { sql } from 'kysely';
import { changedAfter, matchesSearch, oneOf, places, shares, term, terms } from '../projection/readers.ts';
import { type View, column, toMany, toOne } from '../projection/view.ts';

/** Row level security gives everybody the case studies that are there for them: of others those that are published. */
export const practiceViews: readonly View[] = [
  {
    type: 'CaseStudy',
    table: 'case_study',
    prefix: 'cas',
    fields: {
      id: column(),
      owner: toOne('Actor', 'owner_id'),
      title: column(),
      summary: column(),
      done: column(),
      achieved: column(),
      conditions: column(),
      evidence: toMany('Evidence', {
        where: (evidence, study) => sql`${evidence.column('case_study_id')} = ${study.column('id')}`,
        orderBy: (evidence) => evidence.column('position'),
      }),
      programme: toOne('Programme', 'programme_id'),
      campaign: toOne('Campaign', 'campaign_id'),
      places: places('places'),
      corridors: toMany('Corridor', {
        where: (corridor, study) => sql`${corridor.column('code')} = any(${study.column('corridors')})`,
        orderBy: (corridor) => corridor.column('code'),
      }),
      audiences: terms('audience', 'audiences'),
      themes: terms('theme', 'themes'),
      channels: terms('channel', 'channels'),
      languages: column(),
      objectiveLevel: term('objective_level', 'objective_level'),
      visibility: column('shown'),
      status: column(),
      publishedAt: column(),
      featured: (row) => sql`${row.column('featured_at')} is not null`,
      illustrative: column(),
      source: column(),
      version: column(),
      createdAt: column(),
      updatedAt: column(),
    },
    filterCodes: {
      countries: 'place',
      corridors: 'corridor',
      audiences: 'audience',
      themes: 'theme',
      channels: 'channel',
      objectiveLevels: 'objective_level',
    },
    filters: {
      search: matchesSearch,
      owners: oneOf('owner_id'),
      countries: shares('countries'),
      corridors: shares('corridors'),
      audiences: shares('audiences'),
      themes: shares('themes'),
      channels: shares('channels'),
      objectiveLevels: oneOf('objective_level'),
      statuses: oneOf('status'),
      featured: (row, value) => sql`(${row.column('featured_at')} is not null) = ${value}`,
      evidence: (row, value) => sql`exists (select from case_study_evidence where case_study_id = ${row.column('id')}
        and kind = any(${value}::text[]))`,
      changedAfter,
    },
    orders: {
      published: {
        by: (row) => sql`coalesce(${row.column('published_at')}, '-infinity')`,
        type: 'timestamptz',
        descending: true,
      },
      title: { by: (row) => row.column('title'), type: 'text' },
      updated: { by: (row) => row.column('updated_at'), type: 'timestamptz' },
    },
  },
  {
    type: 'Evidence',
    table: 'case_study_evidence',
    fields: { kind: column(), statement: column(), source: column(), link: column(), publishedOn: column() },
  },
];
