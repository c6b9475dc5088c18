import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { hubId } from '../../engine/index.ts';
import { append } from '../outbox/outbox.ts';
import { SEED_CORRIDORS } from './seed/corridors.ts';
import { SEED_INSIGHTS } from './seed/insights.ts';
import { SEED_PLACES } from './seed/places.ts';
import { SEED_TERMS } from './seed/terms.ts';
import { lockBits } from './term-insertion.ts';

/**
 * Brings the stored vocabulary to what this version of the hub ships: adds what is missing, corrects names and facts that
 * changed, leaves alone what it does not know, translations included. A code keeps its bit, and a place its parent, for ever.
 * Nine statements at most, whatever the number of rows; run it in a transaction, at every start.
 * @returns the number of rows written; 0 when the vocabulary was up to date.
 */
export async function seedVocabulary(em: EntityManager): Promise<number> {
  await lockBits(em);
  let written = 0;
  for (const statement of [mergePlaces(), mergeTerms(), mergeCorridors(), deleteLegs(), mergeLegs()]) {
    written += await countWritten(em, statement);
  }
  const insights = await countWritten(em, mergeInsights());
  if (insights > 0) await applyInsights(em);
  return written + insights;
}

async function countWritten(em: EntityManager, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(em.getKysely());
  return Number(numAffectedRows ?? 0n);
}

/** Has what rests on the insights looked at again. In a hub that has composed nothing yet nothing does. */
async function applyInsights(em: EntityManager): Promise<void> {
  const composed = await sql`select from composition limit 1`.execute(em.getKysely());
  if (composed.rows.length === 0) return;
  const audiences = [...new Set(SEED_INSIGHTS.map(({ audience }) => audience))].sort();
  await append(em, { kind: 'insight.changed', audiences });
}

/** The rows of a seed as a table, in order; `columns` as in `code text, position int`. */
function shipped(rows: readonly object[], columns: string): RawBuilder<unknown> {
  const numbered = rows.map((row, index) => ({ ...row, position: index + 1 }));
  return sql`jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as shipped (${sql.raw(columns)}, position int)`;
}

/** Countries are numbered from 0 together, first-level subdivisions from 1 within their country. */
function mergePlaces(): RawBuilder<unknown> {
  return sql`
    merge into place using (
      select shipped.*, case when numbered then
        coalesce(highest.bit, case when shipped.kind = 'country' then -1 else 0 end)
          + row_number() over (partition by shipped.kind, scope, numbered, known.code is null order by position) end as bit
      from ${shipped(SEED_PLACES, 'code text, kind text, country text, parent text, numbered boolean, name text, aliases text[]')}
        cross join lateral (select case when kind = 'country' then '' else country end as scope)
        left join (select kind, case when kind = 'country' then '' else country end as scope, max(bit) as bit from place group by 1, 2)
          as highest using (kind, scope)
        left join place as known on known.code = shipped.code
    ) as shipped on place.code = shipped.code
    when matched and (place.name, place.aliases) is distinct from (shipped.name, shipped.aliases)
      then update set name = shipped.name, aliases = shipped.aliases
    when not matched
      then insert (code, kind, country, parent, bit, name, aliases)
        values (shipped.code, shipped.kind, shipped.country, shipped.parent, shipped.bit, shipped.name, shipped.aliases)`;
}

function mergeTerms(): RawBuilder<unknown> {
  const rows = SEED_TERMS.map(({ label, aliases = [], ...term }) => ({ ...term, labels: { en: label }, aliases }));
  return sql`
    merge into term using (
      select shipped.*, coalesce(highest.bit, -1)
        + row_number() over (partition by kind, known.code is null order by position) as bit
      from ${shipped(rows, 'kind text, code text, broader text, parent text, labels jsonb, aliases text[]')}
        left join (select kind, max(bit) as bit from term group by kind) as highest using (kind)
        left join (select kind, code from term) as known using (kind, code)
    ) as shipped on term.kind = shipped.kind and term.code = shipped.code
    when matched and ((term.broader, term.parent, term.aliases, term.position)
        is distinct from (shipped.broader, shipped.parent, shipped.aliases, shipped.position) or not term.labels @> shipped.labels)
      then update set broader = shipped.broader, parent = shipped.parent, labels = term.labels || shipped.labels,
        aliases = shipped.aliases, position = shipped.position
    when not matched
      then insert (kind, code, bit, broader, parent, labels, aliases, position)
        values (shipped.kind, shipped.code, shipped.bit, shipped.broader, shipped.parent, shipped.labels, shipped.aliases, shipped.position)`;
}

function mergeCorridors(): RawBuilder<unknown> {
  const rows = SEED_CORRIDORS.map(({ name, season, ...corridor }) => ({
    ...corridor,
    names: { en: name },
    season_from: season?.fromMonth,
    season_to: season?.toMonth,
    season_why: season?.why,
  }));
  return sql`
    merge into corridor using (
      select shipped.*, (select coalesce(max(bit), -1) from corridor) + row_number() over (partition by known.code is null order by position) as bit
      from ${shipped(rows, 'code text, names jsonb, mode text, themes text[], languages text[], season_from int, season_to int, season_why text, facts text, confidence text')}
        left join (select code from corridor) as known using (code)
    ) as shipped on corridor.code = shipped.code
    when matched and ((corridor.mode, corridor.themes, corridor.languages, corridor.season_from, corridor.season_to, corridor.season_why,
          corridor.facts, corridor.confidence)
        is distinct from (shipped.mode, shipped.themes, shipped.languages, shipped.season_from, shipped.season_to, shipped.season_why,
          shipped.facts, shipped.confidence) or not corridor.names @> shipped.names)
      then update set names = corridor.names || shipped.names, mode = shipped.mode, themes = shipped.themes,
        languages = shipped.languages, season_from = shipped.season_from, season_to = shipped.season_to,
        season_why = shipped.season_why, facts = shipped.facts, confidence = shipped.confidence
    when not matched
      then insert (code, bit, names, mode, themes, languages, season_from, season_to, season_why, facts, confidence)
        values (shipped.code, shipped.bit, shipped.names, shipped.mode, shipped.themes, shipped.languages, shipped.season_from,
          shipped.season_to, shipped.season_why, shipped.facts, shipped.confidence)`;
}

const LEGS = SEED_CORRIDORS.flatMap(({ code, legs }) =>
  legs.map(([country, role], index) => ({ corridor: code, leg: index + 1, country, role })),
);
const LEG_COLUMNS = 'corridor text, leg int, country text, role text';

/** Legs that a corridor no longer has. Before the others are merged, so that a country that moved up is not there twice. */
function deleteLegs(): RawBuilder<unknown> {
  return sql`
    delete from corridor_leg
    where corridor in (select corridor from ${shipped(LEGS, LEG_COLUMNS)})
      and not exists (select from ${shipped(LEGS, LEG_COLUMNS)}
        where shipped.corridor = corridor_leg.corridor and leg = corridor_leg.position)`;
}

function mergeLegs(): RawBuilder<unknown> {
  return sql`
    merge into corridor_leg using (select * from ${shipped(LEGS, LEG_COLUMNS)}) as shipped
      on corridor_leg.corridor = shipped.corridor and corridor_leg.position = shipped.leg
    when matched and (corridor_leg.country, corridor_leg.role) is distinct from (shipped.country, shipped.role)
      then update set country = shipped.country, role = shipped.role
    when not matched
      then insert (corridor, position, country, role) values (shipped.corridor, shipped.leg, shipped.country, shipped.role)`;
}

/** One that coordinators have revised or withdrawn since stays theirs. */
function mergeInsights(): RawBuilder<unknown> {
  const rows = SEED_INSIGHTS.map(({ key, ...insight }) => ({ ...insight, id: insightId(key) }));
  return sql`
    merge into insight using (
      select * from ${shipped(rows, 'id text, kind text, places text[], audience text, statement text, channels jsonb, source text')}
    ) as shipped on insight.id = shipped.id
    when matched and insight.version = 1 and (insight.kind, insight.places, insight.audience, insight.statement, insight.channels, insight.source)
        is distinct from (shipped.kind, shipped.places, shipped.audience, shipped.statement, shipped.channels, shipped.source)
      then update set kind = shipped.kind, places = shipped.places, audience = shipped.audience, statement = shipped.statement,
        channels = shipped.channels, source = shipped.source
    when not matched
      then insert (id, kind, places, audience, statement, channels, source, confirmed)
        values (shipped.id, shipped.kind, shipped.places, shipped.audience, shipped.statement, shipped.channels, shipped.source, true)`;
}

/** The same id in every hub, so that a seeded insight is found again. */
function insightId(key: string): string {
  return hubId('ins', createHash('sha256').update(key).digest().subarray(0, 16));
}
