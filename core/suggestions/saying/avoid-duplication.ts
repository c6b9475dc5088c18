import { betweenDays, days } from '../phrases.ts';
import { valuesOf } from '../reason.ts';
import { names, placeNames, tentativeOf, windowOf } from './clauses.ts';
import type { Sayer } from './said.ts';

/** Says what two do twice, and that they need not. */
export const sayAvoidDuplication: Sayer = (proposal, vocabulary) => {
  const { themes, audiences, countries, reasons } = proposal;
  const window = windowOf(proposal);
  const where = placeNames(countries, vocabulary);
  const channels = valuesOf(reasons, 'SAME_CHANNELS', 'CHANNELS');
  const means = channels.length === 0 ? '' : ` through the same channels (${names('channel', channels, vocabulary)})`;
  const caveats = tentativeOf(proposal).map((caveat) => `; ${caveat}`);
  return {
    title: `Avoid double work in ${where}: ${names('theme', themes, vocabulary)}, ${days(window)}`,
    explanation:
      `Two actors in ${where} speak to ${names('audience', audiences, vocabulary)} about ${names('theme', themes, vocabulary)}${means} ` +
      `${betweenDays(window)}: they could divide the work or do it together${caveats.join('')}.`,
  };
};
