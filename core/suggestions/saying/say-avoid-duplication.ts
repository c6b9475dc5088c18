import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { days, duringDays, list } from '../phrases.ts';
import { valuesOf } from '../reason.ts';
import { names, type Said, tentativeOf, type Unsaid, windowOf } from './clauses.ts';

/** Says what two do twice, where and when. */
export function sayAvoidDuplication(proposal: Unsaid, vocabulary: Vocabulary): Said {
  const { themes, audiences, countries, reasons } = proposal;
  const window = windowOf(proposal);
  const where = list(countries.map((code) => vocabulary.label('place', code)));
  const channels = valuesOf(reasons, 'SAME_CHANNELS', 'CHANNELS').map((code) => vocabulary.label('channel', code));
  const means = channels.length === 0 ? '' : ` by the same channels (${list(channels)})`;
  const caveats = tentativeOf(proposal).map((caveat) => `; ${caveat}`);
  return {
    title: `Avoid double work in ${where}: ${names('theme', themes, vocabulary)}, ${days(window)}`,
    explanation:
      `Two actors in ${where} speak to ${names('audience', audiences, vocabulary)} about ${names('theme', themes, vocabulary)}${means} ` +
      `${duringDays(window)}: they could divide the work or do it together${caveats.join('')}.`,
  };
}
