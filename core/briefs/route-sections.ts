import { type EpochDay, toCivil } from '../../engine/index.ts';
import { inside, month } from '../suggestions/phrases.ts';
import type { BriefFacts } from './brief-facts.ts';
import { asSentence, asWritten, daysBetween, inMonths, joined, monthOf, sentence, several } from './brief-phrases.ts';
import { type BriefSection, paragraphs } from './brief-section.ts';

const ROLES = ['origin', 'transit', 'destination', 'return'] as const;
const MOVES = { origin: 'leave', transit: 'pass through', destination: 'arrive in', return: 'return to' };

/** What the corridor is. */
export function sayRoute({ corridor }: BriefFacts): BriefSection {
  const countriesIn = (role: string): string[] =>
    corridor.legs.filter((leg) => leg.role === role).map(({ name }) => name);
  const moves = ROLES.filter((role) => countriesIn(role).length > 0).map(
    (role) => `${MOVES[role]} ${joined(countriesIn(role))}`,
  );
  const { season } = corridor;
  return {
    topic: 'route',
    heading: 'The route',
    text: paragraphs([
      `People travel by ${joined(corridor.mode.split(', '))}. They ${joined(moves)}.`,
      `The themes there are ${joined(corridor.themes.map(inside))}.`,
      season &&
        `Most people travel from ${month(season.fromMonth)} to ${month(season.toMonth)}. Source: ${asSentence(season.why)}`,
      corridor.facts && `What is known: ${asSentence(corridor.facts)}`,
      `How far to trust this: ${asSentence(corridor.confidence)}`,
    ]),
    figures: ROLES.map((role) => ({ label: `Countries of ${role}`, value: countriesIn(role).length })).filter(
      ({ value }) => value > 0,
    ),
  };
}

const PLACE = {
  origin: 'Where people leave',
  transit: 'On the way',
  destination: 'Where people arrive',
  return: 'Where people return to',
};

/** Who works there, by what their countries are on the corridor. */
export function sayWork({ corridor, actors, work, othersPresent }: BriefFacts): BriefSection {
  const listed = (some: BriefFacts['actors']): string =>
    some.length === 0
      ? 'nobody you may see'
      : joined(some.map(({ name, kind }) => `${asWritten(name)} (${inside(kind)})`));
  const byRole = ROLES.flatMap((role) => {
    const legs = corridor.legs.filter((leg) => leg.role === role);
    if (legs.length === 0) return [];
    const there = actors.filter(({ countries }) => legs.some(({ country }) => countries.includes(country)));
    return [{ role, legs, there }];
  });
  const unserved = corridor.legs
    .filter((leg) => !actors.some(({ countries }) => countries.includes(leg.country)))
    .map(({ name }) => name);
  const nowhere = actors.filter(({ countries }) => countries.length === 0);
  const counted = joined([
    several(work.programmes, 'programme'),
    several(work.campaigns, 'campaign'),
    several(work.entries, 'calendar entry', 'calendar entries'),
  ]);
  const opening =
    actors.length === 0
      ? 'Nobody you may see works on this route in the coming twelve months.'
      : `In the coming twelve months ${several(actors.length, 'actor works', 'actors work')} on this route, as far as you may see: ${counted}. An actor that works in several countries is named for each.`;
  const others =
    othersPresent.length === 0
      ? null
      : `Counting those whom you may not see, at least three actors other than yours work here in the quarters that begin in ${joined(othersPresent.map(monthOf))}.`;
  const lines = [
    ...byRole.map(
      ({ role, legs, there }) => `- ${PLACE[role]} (${joined(legs.map(({ name }) => name))}): ${listed(there)}.`,
    ),
    ...(unserved.length > 0 ? [`- Nobody you may see works in ${joined(unserved)}.`] : []),
    ...(nowhere.length > 0 ? [`- In no country of the route, as far as they say: ${listed(nowhere)}.`] : []),
  ];
  return {
    topic: 'work',
    heading: 'Who works there',
    text: paragraphs([opening, actors.length > 0 && lines.join('\n'), others]),
    figures: [
      { label: 'Actors', value: actors.length },
      { label: 'Programmes', value: work.programmes },
      { label: 'Campaigns', value: work.campaigns },
      { label: 'Calendar entries', value: work.entries },
      ...byRole.map(({ role, there }) => ({ label: `Actors in countries of ${role}`, value: there.length })),
    ],
  };
}

/** How many campaigns run in each month. */
export function sayMonths({ months }: BriefFacts): BriefSection {
  const most = Math.max(0, ...months.map(({ campaigns }) => campaigns));
  const named = (some: BriefFacts['months']): string => inMonths(some.map(({ firstDay }) => firstDay));
  const fullest = months.filter(({ campaigns }) => campaigns === most);
  const empty = months.filter(({ campaigns }) => campaigns === 0);
  const text =
    most === 0
      ? 'No campaign that you may see runs in the coming twelve months.'
      : paragraphs([
          fullest.length === months.length
            ? `${sentence(several(most, 'campaign runs', 'campaigns run'))} in every month.`
            : `Most campaigns run ${named(fullest)}: ${several(most, 'campaign')}${fullest.length > 1 ? ' each' : ''}.`,
          empty.length > 0 && `No campaign runs ${named(empty)}.`,
        ]);
  return {
    topic: 'months',
    heading: 'Campaigns by month',
    text,
    figures: months.map(({ firstDay, campaigns }) => ({ label: monthOf(firstDay), value: campaigns })),
  };
}

/** The season, and the campaigns that are to begin. */
export function sayAhead({ corridor, upcoming, upcomingCount }: BriefFacts, today: EpochDay): BriefSection {
  const lines = upcoming.map(({ name, owner, countries, start, end }) => {
    const where = countries.length === 0 ? '' : ` in ${joined(countries)}`;
    return `- ${sentence(daysBetween(start, end))}: “${asWritten(name)}” of ${asWritten(owner)}${where}.`;
  });
  const left = upcomingCount - upcoming.length;
  const opening =
    upcomingCount === 0
      ? 'No campaign that you may see is planned to begin in the coming twelve months.'
      : `${sentence(several(upcomingCount, 'campaign begins', 'campaigns begin'))} in the coming twelve months${left > 0 ? `; the next ${String(upcoming.length)} are` : ''}:`;
  return {
    topic: 'ahead',
    heading: 'What is ahead',
    text: paragraphs([corridor.season && saySeason(corridor.season, today), opening, lines.join('\n')]),
    figures: [{ label: 'Campaigns to begin', value: upcomingCount }],
  };
}

function saySeason({ fromMonth, toMonth }: NonNullable<BriefFacts['corridor']['season']>, today: EpochDay): string {
  const now = toCivil(today).month;
  const isNow = fromMonth <= toMonth ? fromMonth <= now && now <= toMonth : now >= fromMonth || now <= toMonth;
  if (isNow) return `It is the season of travel now, until the end of ${month(toMonth)}.`;
  const wait = (fromMonth - now + 12) % 12;
  return `The season of travel begins in ${month(fromMonth)}, ${wait === 1 ? 'next month' : `${several(wait, 'month')} from now`}.`;
}
