import { draftKey } from './draft-key.ts';
import type { Draft, Participant, Reason } from './draft.ts';
import type { Gap } from './find-gaps.ts';
import { RULES } from './rules.ts';
import { rolesOn } from './standing.ts';
import type { Corridor } from './terrain.ts';
import { facetSet, isEmpty } from './values/facet-set.ts';

/**
 * The drafts that ask somebody to fill a gap: for the first few gaps of a corridor, in their order, that one who already reaches the
 * audience could fill; of the quarters of one audience and theme only the first. Its window is the whole quarter, so that nothing of
 * a draft changes by the mere passing of days. @param gaps as `findGaps` gives them @param nameOf says what a draft is about, the same
 * for the same cell whenever it is asked
 */
export function composeGapDrafts(corridor: Corridor, gaps: readonly Gap[], nameOf: (gap: Gap) => string): Draft[] {
  const seen = new Set<string>();
  const chosen = gaps.filter(({ able, audience, theme }) => {
    if (!able.some(({ reachesAudience }) => reachesAudience) || seen.has(`${audience} ${theme}`)) return false;
    seen.add(`${audience} ${theme}`);
    return true;
  });
  return chosen.slice(0, RULES.gaps.draftsPerScope).map((gap) => describe(corridor, gap, nameOf(gap)));
}

function describe(corridor: Corridor, gap: Gap, about: string): Draft {
  const participants = gap.able
    .map(({ footprint, country, fit }): Participant => ({
      footprint: footprint.id,
      country,
      role: rolesOn(corridor, country)[0] ?? null,
      lead: false,
      strength: fit,
    }))
    .sort((a, b) => a.country - b.country || (a.footprint < b.footprint ? -1 : 1));
  return {
    kind: 'FILL_GAP',
    key: draftKey('FILL_GAP', corridor.code, participants, gap.days, about),
    corridor: corridor.bit,
    about,
    value: gap.value,
    strength: participants.reduce((sum, { strength }) => sum + strength, 0) / participants.length,
    window: gap.days,
    themes: facetSet([gap.theme]),
    audiences: facetSet([gap.audience]),
    participants,
    missing: { roles: gap.roles, countries: [], languages: gap.languages, channels: gap.channels },
    reasons: giveReasons(gap, corridor),
  };
}

/** What declares the need, then what is missing, then what one should know of those who could fill it. */
function giveReasons(gap: Gap, { season }: Corridor): Reason[] {
  const { needs, trends, able, languages, channels } = gap;
  const audiences = facetSet([gap.audience]);
  const idsWhere = (holds: (one: Gap['able'][number]) => boolean): string[] =>
    able
      .filter(holds)
      .map(({ footprint }) => footprint.id)
      .sort();
  const committed = idsWhere(({ footprint }) => footprint.committed);
  const tentative = idsWhere(({ footprint }) => footprint.tentative);
  const reasons: Reason[] = [{ code: 'COUNTRIES', countries: gap.countries }];
  if (needs.length > 0) reasons.push({ code: 'UNMET_NEED', audiences });
  if (trends.length > 0) reasons.push({ code: 'TREND', audiences });
  if (needs.length + trends.length > 0)
    reasons.push({ code: 'DECLARED_NEED', insights: [...new Set([...needs, ...trends])].sort() });
  if (gap.inSeason && season !== null) reasons.push({ code: 'IN_SEASON', ...season });
  if (!isEmpty(languages)) reasons.push({ code: 'NOBODY_SPEAKS', languages });
  if (!isEmpty(channels)) reasons.push({ code: 'NOBODY_USES', channels });
  reasons.push({ code: 'REACHES_AUDIENCE', footprints: idsWhere(({ reachesAudience }) => reachesAudience) });
  if (committed.length > 0) reasons.push({ code: 'COMMITTED_RESOURCES', footprints: committed });
  if (tentative.length > 0) reasons.push({ code: 'TENTATIVE', footprints: tentative });
  return reasons;
}
