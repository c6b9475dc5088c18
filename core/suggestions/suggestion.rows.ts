import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type EpochDay, RULES, type SuggestionStatus } from '../../engine/index.ts';
import type { Scope } from '../jobs/scope.ts';
import type { StoredSuggestion, SuggestionChange } from './fold-proposals.ts';
import { PARTICIPANT_COLUMNS, PROPOSAL_COLUMNS, type Proposal } from './proposal.ts';

type Sql = RawBuilder<unknown>;

/**
 * The suggestions of a scope that composing as of a day can change or has to respect, by id; locked, so that what people decide
 * meanwhile waits. Left out is what is over and closed, and what was dismissed so long ago that no proposal comes near it.
 */
export function takeHistory(em: EntityManager, scope: Scope, asOf: EpochDay): Promise<StoredSuggestion[]> {
  return readStored(em, relevantIn(scope, asOf), sql`for update of s`);
}

/** The same without locks, for looking only. */
export function readHistory(em: EntityManager, scope: Scope, asOf: EpochDay): Promise<StoredSuggestion[]> {
  return readStored(em, relevantIn(scope, asOf), sql``);
}

function relevantIn(scope: Scope, asOf: EpochDay): Sql {
  return sql`s.scope = ${scope} and s.status <> 'EXPIRED'
    and (s.status = 'OPEN' or s.end_day > ${asOf - RULES.identity.dismissedMoveDays})`;
}

async function readStored(em: EntityManager, condition: Sql, lock: Sql): Promise<StoredSuggestion[]> {
  const { rows } = await sql<StoredSuggestion>`
    select s.id, s.status, ${object('s', PROPOSAL_COLUMNS)} || jsonb_build_object('participants',
      (select jsonb_agg(${object('p', PARTICIPANT_COLUMNS)} order by p.position) from suggestion_participant p where p.suggestion_id = s.id)) as proposal
    from suggestion s where ${condition} order by s.id ${lock}`.execute(em.getKysely());
  return rows;
}

/** `jsonb_build_object('kind', s.kind, …)` */
function object(alias: string, columns: readonly string[]): Sql {
  return sql`jsonb_build_object(${sql.join(columns.map((name) => sql`${sql.lit(name)}, ${sql.ref(`${alias}.${name}`)}`))})`;
}

/**
 * Writes the changes of a scope, in four statements at most. The version goes up where the change is material: answers and decisions are
 * about a version, so that what changes by itself from day to day takes none of them away. @returns the ids of what was written, in the order of the changes.
 */
export async function writeChanges(
  em: EntityManager,
  scope: Scope,
  changes: readonly SuggestionChange[],
  { now, newId }: { readonly now: Date; readonly newId: () => string },
): Promise<string[]> {
  const rows = changes.map((change) => ({ id: change.kind === 'open' ? newId() : change.id, change }));
  const revised = rows.flatMap(({ id, change }): Revised[] => {
    if (change.kind === 'close') return [];
    if (change.kind === 'open') return [{ id, status: 'OPEN', material: true, ...change.proposal }];
    return [{ id, status: change.status, material: change.material, ...change.proposal }];
  });
  const closed = rows.flatMap(({ id, change }) => (change.kind === 'close' ? [{ id, status: change.status }] : []));
  if (revised.length > 0) {
    await upsert(em, scope, revised, now);
    await replaceParticipants(em, revised);
  }
  if (closed.length > 0) await close(em, closed, now);
  return rows.map(({ id }) => id);
}

type Revised = Proposal & { readonly id: string; readonly status: SuggestionStatus; readonly material: boolean };

async function upsert(em: EntityManager, scope: Scope, revised: readonly Revised[], now: Date): Promise<void> {
  const columns = sql.join(PROPOSAL_COLUMNS.map((name) => sql.ref(name)));
  const updates = sql.join(PROPOSAL_COLUMNS.map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`));
  const others = revised.filter(({ material }) => material).map(({ id }) => id);
  // Ranked as those before were: what people make of them later is counted by `refreshRanking`, which then finds few to write again.
  await sql`
    insert into suggestion (id, status, scope, ${columns}, created_at, updated_at, rank)
    select id, status, ${scope}, ${columns}, ${now}, ${now},
      score * coalesce((select factor from ranking r where r.scope = ${scope} and r.kind = given.kind), 1)
    from jsonb_populate_recordset(null::suggestion, ${JSON.stringify(revised)}::jsonb) as given
    on conflict (id) do update set status = excluded.status, ${updates}, updated_at = excluded.updated_at, rank = excluded.rank,
      version = suggestion.version + (suggestion.id = any(${others}))::int
  `.execute(em.getKysely());
}

async function replaceParticipants(em: EntityManager, revised: readonly Revised[]): Promise<void> {
  const seats = revised.flatMap(({ id, participants }) =>
    participants.map((participant) => ({ suggestion_id: id, ...participant })),
  );
  const columns = sql.join(['suggestion_id', ...PARTICIPANT_COLUMNS].map((name) => sql.ref(name)));
  const db = em.getKysely();
  await sql`delete from suggestion_participant where suggestion_id = any(${revised.map(({ id }) => id)})`.execute(db);
  await sql`
    insert into suggestion_participant (${columns})
    select ${columns} from jsonb_populate_recordset(null::suggestion_participant, ${JSON.stringify(seats)}::jsonb)`.execute(
    db,
  );
}

async function close(
  em: EntityManager,
  closed: readonly { readonly id: string; readonly status: SuggestionStatus }[],
  now: Date,
): Promise<void> {
  await sql`
    update suggestion set status = closed.status, version = version + 1, updated_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(closed)}::jsonb) as closed (id text, status text)
    where suggestion.id = closed.id`.execute(em.getKysely());
}
