import { sql } from 'kysely';
import { oneOf } from '../projection/readers.ts';
import { type View, column, expression, toMany, toOne } from '../projection/view.ts';

export const nameViews: readonly View[] = [
  {
    type: 'NameQuestion',
    table: 'name_question',
    prefix: 'nmq',
    fields: {
      id: column(),
      name: column(),
      scheme: column(),
      code: column(),
      source: column(),
      state: column(),
      candidates: toMany('NameCandidate', {
        where: (candidate, question) =>
          sql`${candidate.column('question_id')} = ${question.column('id')} and not ${candidate.column('refused')}`,
        orderBy: (candidate) => sql`${candidate.column('confidence')} desc, ${candidate.column('actor_id')}`,
      }),
      answer: toOne('Actor', 'answer_id'),
      version: column(),
      createdAt: column(),
      decidedAt: column(),
    },
    filters: { states: oneOf('state') },
    orders: { asked: { by: (row) => row.column('created_at'), type: 'timestamptz' } },
  },
  {
    type: 'NameCandidate',
    table: 'name_candidate',
    fields: {
      actor: toOne('Actor', 'actor_id'),
      confidence: expression((row) => sql`${row.column('confidence')}::float8`),
      matchedBy: column(),
    },
  },
];
