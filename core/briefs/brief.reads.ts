import { sql } from 'kysely';
import { corridorScope } from '../jobs/scope.ts';
import type { Compiler } from '../projection/compiler.ts';
import { select } from '../projection/selection.ts';
import type { Sql } from '../projection/view.ts';

/** Of what is listed by name, and would grow. */
const LISTED = 10;
const SUGGESTIONS_LISTED = 5;

/** The days that a brief looks at, both included, and the corridor it is of. */
export interface BriefQuestion {
  readonly corridor: string;
  readonly start: string;
  readonly end: string;
}

/**
 * The facts of a brief as JSON (see `briefFacts`), in one statement under the viewer's policies. What is RESTRICTED is left out even for
 * those who may see it, and places are as others know them, since a brief is handed on.
 */
export function factsOf(question: BriefQuestion, compiler: Compiler): Sql {
  const parts: Readonly<Record<string, Sql>> = {
    corridor: sql`(select json_build_object('code', code, 'label', names ->> 'en', 'mode', mode, 'facts', facts, 'confidence', confidence,
      'themes', array(select labels ->> 'en' from term where kind = 'theme' and code = any(themes) order by position),
      'season', case when season_from is not null then json_build_object('fromMonth', season_from, 'toMonth', season_to, 'why', season_why) end,
      'legs', (select json_agg(json_build_object('country', leg.country, 'name', place.name, 'role', role) order by leg.position)
        from leg join place on place.code = leg.country)) from corridor where code = ${question.corridor})`,
    work: sql`(select json_build_object('programmes', count(*) filter (where kind = 'programme'), 'campaigns', count(*) filter (where kind = 'campaign'),
      'entries', count(*) filter (where kind = 'entry'), 'notForAll', count(*) filter (where shown = 'partners')) from work)`,
    actors: sql`(select ${rows(sql`'name', actor.name, 'kind', kind.labels ->> 'en', 'countries', there.countries`, sql`actor.name, actor.id`)}
      from (select owner_id, coalesce(array_agg(distinct leg.country order by leg.country) filter (where leg.country is not null), '{}') as countries
        from work left join lateral unnest(work.countries) as there (country) on true left join leg on leg.country = there.country
        group by owner_id) as there
      join actor on actor.id = owner_id join term kind on kind.kind = 'actor_kind' and kind.code = actor.kind)`,
    othersPresent: sql`(select coalesce(json_agg(starts_on order by starts_on), '[]') from presence_cell
      where corridor = ${question.corridor} and starts_on <= ${question.end})`,
    months: sql`(select ${rows(
      sql`'firstDay', month::date, 'campaigns', (select count(*) from work where kind = 'campaign'
        and starts_on < month + interval '1 month' and coalesce(ends_on, 'infinity') >= month)`,
      sql`month`,
    )}
      from generate_series(date_trunc('month', ${question.start}::timestamp), ${question.end}::timestamp, interval '1 month') as month)`,
    audiences: used('audience', 'audiences', question, {
      more: sql`, 'inNeed', exists (select from heard where heard.kind = 'unmet_need' and heard.audience = term.code)`,
    }),
    languages: used('language', 'languages', question, {
      more: sql`, 'ofCorridor', code = any(spoken.languages)`,
      where: sql`(code = any(spoken.languages) or users > 0 or others)`,
    }),
    channels: used('channel', 'channels', question, { where: sql`(users > 0 or others)` }),
    ways: said(
      'information_way',
      sql`, 'channels', (select coalesce(json_agg(json_build_object('code', term.code, 'label', term.labels ->> 'en',
        'isUsed', exists (select from work where audiences @> array[heard.audience] and channels @> array[term.code]))
        order by weight::float8 desc, term.position), '[]')
      from jsonb_each_text(heard.channels) as weighed (channel, weight) join term on term.kind = 'channel' and term.code = channel)`,
    ),
    needs: said('unmet_need'),
    trends: said('trend'),
    ...gaps(question),
    contradictions: contradictions(question),
    upcomingCount: sql`(select count(*) from work where ${isUpcoming(question)})`,
    upcoming: sql`(select ${rows(sql`'name', name, 'owner', owner, 'countries', countries, 'start', starts_on, 'end', ends_on`, sql`starts_on, id`)}
      from (select work.id, work.name, actor.name as owner, starts_on, ends_on,
          array(select place.name from place where code = any(work.countries) order by place.name) as countries
        from work join actor on actor.id = owner_id where ${isUpcoming(question)} order by starts_on, work.id limit ${sql.lit(LISTED)}) as next)`,
    ...suggestions(question, compiler),
  };
  const pairs = Object.entries(parts).map(([name, value]) => sql`${sql.lit(name)}, ${value}`);
  return sql`(with ${tables(question)} select json_build_object(${sql.join(pairs)}))`;
}

const rows = (pairs: Sql, order: Sql): Sql =>
  sql`coalesce(json_agg(json_build_object(${pairs}) order by ${order}), '[]')`;

/** `leg`, `spoken` (the languages of the corridor), `work` on it in these days, and what was `heard` about its audiences. */
function tables({ corridor, start, end }: BriefQuestion): Sql {
  const record = (table: string, kind: string, going: Sql): Sql => sql`
    select id, ${sql.lit(kind)} as kind, owner_id, name, shown, starts_on, ends_on, countries, audiences, channels, languages from ${sql.table(table)}
    where corridors && array[${corridor}]::text[] and ${going} and shown <> 'restricted'
      and starts_on <= ${end}::date and coalesce(ends_on, 'infinity') >= ${start}::date`;
  return sql`leg as (select country, role, position from corridor_leg where corridor = ${corridor}),
    spoken as (select languages from corridor where code = ${corridor}),
    work as materialized (${record('programme', 'programme', sql`withdrawn_at is null`)}
      union all ${record('campaign', 'campaign', sql`cancelled_at is null`)}
      union all ${record('calendar_entry', 'entry', sql`status <> 'cancelled'`)}),
    heard as (select id, kind, places, audience, statement, channels, source from insight
      where (insight.corridor = ${corridor} or insight.corridor is null and (places = '{}' or app.countries_of(places) && array(select country from leg)))
        and confirmed and coalesce(valid_from, '-infinity') <= ${start}::date and coalesce(valid_to, 'infinity') > ${start}::date)`;
}

/** The terms of a facet in use, each with how many actors use it. */
function used(
  facet: string,
  column: string,
  { corridor, start, end }: BriefQuestion,
  { more = sql``, where = sql`true` }: { more?: Sql; where?: Sql },
): Sql {
  const codes =
    facet === 'language'
      ? sql`array(select split_part(tag, '-', 1) from unnest(work.languages) as tag)`
      : sql.ref(`work.${column}`);
  return sql`(select ${rows(sql`'code', code, 'label', labels ->> 'en', 'actors', users, 'others', others${more}`, sql`position, code`)}
    from spoken, (select code, labels, position, coalesce(users, 0) as users, unseen is true as others
      from term
        left join (select code, count(*) as users from (select distinct code, owner_id from work, unnest(${codes}) as code) as by_owner
          group by code) as counted using (code)
        left join (select distinct code, true as unseen from app.covered_by_others(${corridorScope(corridor)}, ${facet}) as told
          where told.quarter_start <= ${end}::date and told.quarter_start + interval '3 months' > ${start}::date) as told using (code)
      where kind = ${facet} and deprecated_on is null) as term
    where ${where})`;
}

/** What sources say of one kind; what is about places of the corridor before what holds anywhere. */
function said(kind: string, more: Sql = sql``): Sql {
  const places = sql`array(select place.name from place where code = any(heard.places) order by place.name)`;
  return sql`(select ${rows(
    sql`'places', ${places}, 'audience', audience.labels ->> 'en', 'statement', statement, 'source', source${more}`,
    sql`heard.places = '{}', audience.position, heard.id`,
  )}
    from heard join term audience on audience.kind = 'audience' and audience.code = heard.audience where heard.kind = ${kind})`;
}

/** Needs that no campaign answers, the best first. */
function gaps({ corridor, start, end }: BriefQuestion): { gapCount: Sql; gaps: Sql } {
  const labels = (kind: string, codes: string): Sql =>
    sql`array(select labels ->> 'en' from term where kind = ${sql.lit(kind)} and code = any(${sql.ref(codes)}) order by position)`;
  const open = sql`from gap where corridor = ${corridor} and starts_on <= ${end}::date and ends_on >= ${start}::date`;
  return {
    gapCount: sql`(select count(*) ${open})`,
    gaps: sql`(select ${rows(
      sql`'audience', audience.labels ->> 'en', 'theme', theme.labels ->> 'en', 'start', best.starts_on, 'end', best.ends_on,
        'languages', ${labels('language', 'missing_languages')}, 'channels', ${labels('channel', 'missing_channels')}`,
      sql`best.score desc, best.id`,
    )}
      from (select * ${open} order by score desc, id limit ${sql.lit(LISTED)}) as best
        join term audience on audience.kind = 'audience' and audience.code = best.audience
        join term theme on theme.kind = 'theme' and theme.code = best.theme)`,
  };
}

/** Pairs on the corridor that speak against each other, as far as the viewer sees both; none with something restricted. */
function contradictions({ corridor, start, end }: BriefQuestion): Sql {
  const secret = sql`(select id from programme where shown = 'restricted' union all select id from campaign where shown = 'restricted'
    union all select id from calendar_entry where shown = 'restricted')`;
  return sql`(select ${rows(
    sql`'audiences', array(select labels ->> 'en' from term where kind = 'audience' and contradiction -> 'audiences' ? code
      order by position), 'start', starts_on, 'end', ends_on`,
    sql`starts_on, id`,
  )}
    from overlap where corridors @> array[${corridor}]::text[] and jsonb_typeof(contradiction) = 'object' and starts_on <= ${end}::date
      and coalesce(ends_on, 'infinity') >= ${start}::date
      and not exists (select from overlap_side side where side.overlap_id = overlap.id and side.subject_id in ${secret}))`;
}

const isUpcoming = ({ start }: BriefQuestion): Sql => sql`work.kind = 'campaign' and starts_on > ${start}::date`;

/** Those that are open to the viewer, the best first. */
function suggestions({ corridor }: BriefQuestion, compiler: Compiler): { suggestionCount: Sql; suggestions: Sql } {
  const view = compiler.view('Suggestion');
  const row = compiler.row(view.table);
  const asked = select('suggestions', [], { filter: { corridor, statuses: ['OPEN', 'AGREED'] } });
  const open = sql`from suggestion as ${sql.ref(row.alias)} where ${sql.join(compiler.conditions(view, row, asked), sql` and `)}`;
  return {
    suggestionCount: sql`(select count(*) ${open})`,
    suggestions: sql`(select ${rows(sql`'explanation', explanation`, sql`score desc, id`)}
      from (select id, explanation, score ${open} order by score desc, id limit ${sql.lit(SUGGESTIONS_LISTED)}) as best)`,
  };
}
