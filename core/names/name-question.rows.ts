import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate } from '../access/viewer.ts';
import { type OrganisationCandidate, type OrganisationMention, comparableCode } from './match-organisation.ts';
import { normaliseName } from './normalise-name.ts';

/** In whose name a viewer asks and decides: its actor's; null: the hub's, for coordinators and the operator. */
export function askingParty(viewer: Viewer): string | null {
  return mayCurate(viewer) ? null : viewer.actorId;
}

/** What a question is about: equal for spellings that differ in case, accents and punctuation alone. */
export function questionKey(mention: OrganisationMention): string {
  const { asked, scheme, code } = asAsked(mention);
  return JSON.stringify([asked, scheme, code]);
}

interface Asked {
  readonly asked: string;
  readonly scheme: string | null;
  readonly code: string | null;
}

/** A whole name has at most 500 letters; of longer ones the beginning counts. */
const LONGEST = 500;

function asAsked({ name, code }: OrganisationMention): Asked {
  const value = code && comparableCode(code.value);
  return {
    asked: normaliseName(name).slice(0, LONGEST),
    scheme: value === null ? null : (code?.scheme.trim().toLowerCase().slice(0, 100) ?? null),
    code: value === null ? null : value.slice(0, LONGEST),
  };
}

/** What a person of a party said of a name. */
export type DecidedName =
  | { readonly kind: 'is'; readonly actorId: string }
  | { readonly kind: 'is-none-of'; readonly actorIds: ReadonlySet<string> };

/** What was decided of these names in the viewer's party, by `questionKey`. Actors that the viewer does not see any more are no answer. */
export async function decidedNames(
  { em, viewer }: Work,
  mentions: readonly OrganisationMention[],
): Promise<ReadonlyMap<string, DecidedName>> {
  const asked = [...new Set(mentions.map((mention) => asAsked(mention).asked))];
  const { rows } = await sql<Asked & { readonly answer: string | null; readonly refused: readonly string[] }>`
    select q.asked, q.scheme, q.code, answer.id as answer,
      array(select c.actor_id from name_candidate c where c.question_id = q.id and refused) as refused
    from name_question q left join actor answer on answer.id = q.answer_id and answer.merged_into_id is null
    where q.actor_id is not distinct from ${askingParty(viewer)} and q.asked = any(${asked}::text[])`.execute(
    em.getKysely(),
  );
  return new Map(
    rows.map(({ asked: name, scheme, code, answer, refused }) => [
      JSON.stringify([name, scheme, code]),
      answer === null ? { kind: 'is-none-of', actorIds: new Set(refused) } : { kind: 'is', actorId: answer },
    ]),
  );
}

/** A doubtful mention as it is put to a person. */
export interface AskedName {
  readonly mention: OrganisationMention;
  readonly candidates: readonly OrganisationCandidate[];
}

/**
 * Puts questions into the queue of the viewer's party, each once: one that waits gets the new candidates, one that was refused is asked
 * again when there are others now. In two statements. @returns how many wait that did not before.
 */
export async function putQuestions(work: Work, names: readonly AskedName[], source: string | null): Promise<number> {
  const { em, viewer, now } = work;
  const distinct = [...new Map(names.map((asked) => [questionKey(asked.mention), asked])).values()];
  const rows = distinct.map(({ mention, candidates }) => ({
    id: work.newId('nmq'),
    name: mention.name.trim().slice(0, LONGEST),
    ...asAsked(mention),
    candidates: candidates.map(({ actorId, confidence, by }) => ({ actor_id: actorId, confidence, matched_by: by })),
  }));
  const { rows: put } = await sql<{
    id: string;
    asked: string;
    scheme: string | null;
    code: string | null;
    fresh: boolean;
  }>`
    with put as (
      insert into name_question as q (id, actor_id, name, asked, scheme, code, source, state, created_at, updated_at)
      select id, ${askingParty(viewer)}, name, asked, scheme, code, ${source}, 'open', ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id text, name text, asked text, scheme text, code text)
      order by asked, scheme, code
      on conflict (actor_id, asked, scheme, code) do update set state = 'open', answer_id = null, decided_by = null, decided_at = null,
        source = excluded.source, updated_at = ${now}, version = q.version + case when q.state = 'open' then 0 else 1 end
      returning id, asked, scheme, code, created_at = ${now} or version > 1 as fresh
    ) select * from put`.execute(em.getKysely());
  const idByKey = new Map(put.map(({ id, asked, scheme, code }) => [JSON.stringify([asked, scheme, code]), id]));
  const candidates = rows.flatMap(({ asked, scheme, code, candidates: found }) => {
    const question_id = idByKey.get(JSON.stringify([asked, scheme, code]));
    return found.map((candidate) => ({ question_id, ...candidate }));
  });
  await sql`insert into name_candidate (question_id, actor_id, confidence, matched_by)
    select question_id, actor_id, confidence, matched_by
    from jsonb_to_recordset(${JSON.stringify(candidates)}::jsonb) as c (question_id text, actor_id text, confidence float8, matched_by text)
    on conflict (question_id, actor_id) do update set confidence = excluded.confidence, matched_by = excluded.matched_by`.execute(
    em.getKysely(),
  );
  return put.filter(({ fresh }) => fresh).length;
}

export interface StoredQuestion {
  readonly state: 'open' | 'confirmed' | 'refused';
  readonly version: number;
}

/** A question that the viewer may decide, which nobody else decides until the transaction ends; null when there is none. */
export async function takeQuestion({ em }: Work, id: string): Promise<StoredQuestion | null> {
  const { rows } =
    await sql<StoredQuestion>`select state, version from name_question where id = ${id} for update`.execute(
      em.getKysely(),
    );
  return rows[0] ?? null;
}

/** @param answer the actor that is meant; null: none of the candidates */
export async function decideQuestion({ em, viewer, now }: Work, id: string, answer: string | null): Promise<void> {
  await sql`update name_question set state = ${answer === null ? 'refused' : 'confirmed'}, answer_id = ${answer},
      decided_by = ${viewer.userId ?? viewer.keyId}, decided_at = ${now}, updated_at = ${now}, version = version + 1
    where id = ${id}`.execute(em.getKysely());
  if (answer === null)
    await sql`update name_candidate set refused = true where question_id = ${id}`.execute(em.getKysely());
}
