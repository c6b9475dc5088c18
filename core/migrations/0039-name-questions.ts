import { Migration } from '@mikro-orm/migrations';
import { type RowRules, secure } from './secure.ts';

const me = '(select app.actor_id())';
const mayCurate = '((select app.is_coordinator()) or (select app.is_operator()))';
const isWriter = '(select app.is_writer())';

/** An actor's own, and those of the hub for its coordinators: what a party's files name is nobody else's to know. */
const ours = `(actor_id = ${me} or actor_id is null and ${mayCurate})`;
const ourQuestion = `exists (select from name_question q where q.id = question_id)`;

const questionRules: RowRules = {
  select: ours,
  insert: `${ours} and (${isWriter} or ${mayCurate})`,
  update: `${ours} and (${isWriter} or ${mayCurate})`,
};
/** Who may be meant is told only to those who may know of it. */
const candidateRules: RowRules = {
  select: `${ourQuestion} and exists (select from actor a where a.id = actor_id)`,
  insert: `${ourQuestion} and (${isWriter} or ${mayCurate}) and exists (select from actor a where a.id = actor_id)`,
  update: `${ourQuestion} and (${isWriter} or ${mayCurate})`,
};

/** Names in files of which a person is to say whom they mean, and what was said. */
export class NameQuestions extends Migration {
  override up(): void {
    this.addSql(`
      create table name_question (
        id text collate "C" primary key,
        -- Whose file names it; null: the hub's, loaded by coordinators or the operator.
        actor_id text references actor,
        name text not null check (name <> '' and length(name) <= 500),
        -- What it is compared by: see core/names/normalise-name.ts.
        asked text not null check (length(asked) <= 500),
        scheme text check (length(scheme) <= 100),
        code text check (length(code) <= 500),
        -- The file, as its sender knows it.
        source text check (length(source) <= 500),
        state text not null check (state in ('open', 'confirmed', 'refused')),
        answer_id text references actor,
        decided_by text,
        decided_at timestamptz,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        check ((state = 'confirmed') = (answer_id is not null)),
        check ((state = 'open') = (decided_at is null)),
        check ((scheme is null) = (code is null)),
        unique nulls not distinct (actor_id, asked, scheme, code)
      );
      create index name_question_queue on name_question (created_at, id);
      create index name_question_state on name_question (state, created_at, id);
      create index name_question_answer on name_question (answer_id) where answer_id is not null;
      create table name_candidate (
        question_id text collate "C" not null references name_question,
        actor_id text not null references actor,
        confidence real not null check (confidence between 0 and 1),
        matched_by text not null check (matched_by in ('CODE', 'NAME', 'SPELLING', 'ACRONYM', 'INITIALS', 'LIKENESS')),
        -- A person said that it is not meant.
        refused boolean not null default false,
        primary key (question_id, actor_id)
      );
      create index name_candidate_actor on name_candidate (actor_id);
      ${secure('name_question', { app: questionRules, worker: {} })}
      ${secure('name_candidate', { app: candidateRules, worker: {} })}
      grant select, insert, update on name_question, name_candidate to concord_app;
    `);
  }
}
