import { sql } from 'kysely';
import { RULES } from '../../engine/index.ts';
import { knownPlaces } from '../footprints/known-places.ts';
import type { FieldReader, Row, Sql } from '../projection/view.ts';

/**
 * How far the channels of a record are those by which each of its audiences obtains information where it is, as exactly as the
 * viewer may know that; null where no insight says. In SQL what `informationWays` of the engine is, so that a list of campaigns
 * with their fit stays one statement; a test holds the two together.
 */
export const channelFit: FieldReader = (row, selection, context) => {
  const fit: Row = context.row('fit');
  const way = sql`jsonb_build_object('channel', channel, 'weight', weight, 'insight', insight)`;
  const list = (condition: Sql): Sql =>
    sql`coalesce(jsonb_agg(${way} order by weight desc, bit) filter (where ${condition}), '[]')`;
  return sql`(select json_agg(${context.object('ChannelFit', fit, selection)} order by ${fit.column('bit')}) from (
    select audience.code as audience, audience.bit, summed.*
    from term audience cross join lateral (
      select coalesce(sum(weight) filter (where is_used), 0) / sum(weight) as share, ${list(sql`is_used`)} as used,
        ${list(sql`not is_used and weight >= ${RULES.overlap.effectiveChannelWeight}`)} as to_add
      from (${waysAt(row)}) as way) as summed
    where audience.kind = 'audience' and audience.code = any(${row.column('audiences')}) and summed.share is not null
  ) as ${sql.ref(fit.alias)})`;
};

/** Each channel once, at its highest weight: of insights about a place that is here; only when there is none, of those without a place. */
function waysAt(row: Row): Sql {
  const isWay = (insight: string): Sql =>
    sql`${sql.ref(insight)}.confirmed and ${sql.ref(insight)}.kind = 'information_way' and ${sql.ref(insight)}.audience = audience.code`;
  const here = sql`app.places_around(${knownPlaces(row)})`;
  return sql`select distinct on (told.key) told.key as channel, told.value::float8 as weight, one.id as insight, channel.bit,
      told.key = any(${row.column('channels')}) as is_used
    from insight one cross join lateral jsonb_each_text(one.channels) as told
      join term channel on channel.kind = 'channel' and channel.code = told.key
    where ${isWay('one')} and (one.places && ${here}
      or one.places = '{}' and not exists (select from insight nearer where ${isWay('nearer')} and nearer.places && ${here}))
    order by told.key, told.value::float8 desc, one.id`;
}
