import { fromInclusive, parseCalendarDate } from '../../../engine/index.ts';
import { count, days, list } from '../phrases.ts';
import { type GivenReason, valuesIn, valuesOf } from '../reason.ts';
import { names, placeNames, tentativeOf, windowOf } from './clauses.ts';
import type { Sayer, Unsaid } from './said.ts';

/** Says that only a gap of days keeps two apart, and how they could close it. */
export const sayAlignDates: Sayer = (proposal, vocabulary) => {
  const { themes, audiences, countries, reasons } = proposal;
  const where = placeNames(countries, vocabulary);
  const whom = audiences.length === 0 ? '' : ` speak to ${names('audience', audiences, vocabulary)}`;
  const subject = themes.length === 0 ? '' : ` about ${names('theme', themes, vocabulary)}`;
  const gap = count(Number(valuesOf(reasons, 'GAP_DAYS', 'DAYS')[0]), 'day');
  const [earlier] = valuesOf(reasons, 'GAP_DAYS', 'EARLIER');
  const ways = reasons.filter(({ code }) => code === 'ALTERNATIVE_DAYS').map((way) => sayAlternative(way, earlier));
  const caveats = tentativeOf(proposal).map((caveat) => `; ${caveat}`);
  return {
    title: `Align dates in ${where}: ${names(...topicOf(proposal), vocabulary)}, ${days(windowOf(proposal))}`,
    explanation:
      `Two actors in ${where}${whom || ' work'}${subject} but miss each other by ${gap}: they would share ${ways.join('; or ')}` +
      `${caveats.join('')}.`,
  };
};

function topicOf({ themes, audiences }: Unsaid): ['theme' | 'audience', readonly string[]] {
  return themes.length > 0 ? ['theme', themes] : ['audience', audiences];
}

/** `14 days if the earlier one moved to 11–24 March 2027 (24 days later)`: by order in time, for nobody is named. */
function sayAlternative(reason: GivenReason, earlier: string | undefined): string {
  const [firstDays, lastDays] = [valuesIn(reason, 'FIRST_DAY'), valuesIn(reason, 'LAST_DAY')];
  const moved = valuesIn(reason, 'DAYS_MOVED');
  const shared = count(Number(valuesIn(reason, 'SHARED_DAYS')[0]), 'day');
  const moves = valuesIn(reason, 'PARTICIPANTS').map((position, at) => {
    const isEarlier = position === earlier;
    const by = `${count(Number(moved[at]), 'day')} ${isEarlier ? 'later' : 'earlier'}`;
    return `the ${isEarlier ? 'earlier' : 'later'} one moved to ${days(rangeOf(firstDays[at], lastDays[at]))} (${by})`;
  });
  return `${shared} if ${list(moves)}`;
}

function rangeOf(first: string | undefined, last: string | undefined) {
  const start = parseCalendarDate(first ?? '');
  const end = last === undefined ? null : parseCalendarDate(last);
  if (start === null) throw new Error(`expected a day, found ${String(first)}`);
  return fromInclusive(start, end);
}
