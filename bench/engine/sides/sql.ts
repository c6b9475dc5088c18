import type { Posting, Profile } from '../cells.ts';
import { STRENGTH_PARTS } from './side.ts';

/** The tables that every SQL engine gets: the same postings, and what weighing reads of each row. */
export const TABLES = `create table posting (row int, cell int, start int, "end" int, owner int, is_country boolean,
  places bigint, only_country int, stated boolean, audiences bigint, themes bigint);
create table profile (row int, id_rank int, start int, "end" int, audiences bigint, themes bigint, channels bigint,
  languages bigint)`;

/** The columns in their order, for engines that are fed value by value. */
export const postingValues = (posting: Posting) =>
  [
    posting.row,
    posting.cell,
    posting.start,
    posting.end,
    posting.owner,
    posting.isCountry,
    posting.places,
    posting.onlyCountry,
    posting.stated,
    posting.audiences,
    posting.themes,
  ] as const;

export const profileValues = ({
  row,
  idRank,
  start,
  end,
  audiences,
  themes,
  channels,
  languages,
}: Profile): readonly (number | bigint)[] => [row, idRank, start, end, audiences, themes, channels, languages];

/** The meeting rule over postings: who is in one cell at one time, and meets there. */
const MEETING = `posting a join posting b
    on b.cell = a.cell and b.start >= a.start and b.start < a."end" and b.row > a.row
  where a.owner <> b.owner and (
    (a.is_country and ((a.places & b.places) <> 0 or (a.places & 1) = 1 or (b.places & 1) = 1)
      and ((a.audiences & b.audiences) <> 0 or (a.themes & b.themes) <> 0))
    or (not a.is_country and not (a.only_country = b.only_country and a.only_country <> -1)
      and case when a.stated and b.stated then (a.audiences & b.audiences) <> 0 or (a.themes & b.themes) <> 0
        else (a.audiences & b.audiences) <> 0 and (a.themes & b.themes) <> 0 end))`;

/** All pairs, each once. Rows are in order of start, so the later row is the one that starts later. */
export const ALL_PAIRS = `select count(*) as pairs, coalesce(sum(lower), 0) as lower, coalesce(sum(higher), 0) as higher
  from (select distinct a.row as lower, b.row as higher from ${MEETING}) as pairs`;

/** The best lists; `ones` counts the bits of a bigint in the engine's own words. */
export const topLists = (k: number, ones: (bits: string) => string): string => {
  const jaccard = (facet: string): string => {
    const [shared, all] = ['&', '|'].map((both) => ones(`f.${facet} ${both} g.${facet}`));
    return `(${shared ?? ''})::double precision / greatest(1, ${all ?? ''})`;
  };
  return `with meeting as (
    select a.row as one, b.row as other, max(case when not a.is_country then 0.5::double precision
      when (a.places & b.places) <> 0 then 1 else 0.7 end) as place
    from ${MEETING} group by a.row, b.row
  ), weighed as (
    select one, other, f.id_rank as one_rank, g.id_rank as other_rank,
      (25 * place + 25 * ${jaccard('audiences')} + 20 * ${jaccard('themes')}
        + 15 * ((least(f."end", g."end") - greatest(f.start, g.start))::double precision
          / least(f."end" - f.start, g."end" - g.start))
        + 10 * ${jaccard('channels')} + 5 * ${jaccard('languages')}) / 100 as strength
    from meeting join profile f on f.row = one join profile g on g.row = other
  ), ranked as (
    select strength, row_number() over (partition by one order by strength desc, other_rank) as rank from (
      select one, other_rank, strength from weighed union all select other, one_rank, strength from weighed) as both_ways
  ) select count(*) as pairs, coalesce(sum(floor(strength * ${String(STRENGTH_PARTS)} + 0.5)::bigint), 0) as strengths
    from ranked where rank <= ${String(k)}`;
};
