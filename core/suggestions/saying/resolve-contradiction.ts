import { betweenDays, days } from '../phrases.ts';
import { names, placeNames, tentativeOf, windowOf } from './clauses.ts';
import type { Sayer } from './said.ts';

/** Says whom two tell opposed things, and that they should agree on one. */
export const sayResolveContradiction: Sayer = (proposal, vocabulary) => {
  const { audiences, countries, themes } = proposal;
  const window = windowOf(proposal);
  const where = placeNames(countries, vocabulary);
  const whom = names('audience', audiences, vocabulary);
  const subject = themes.length === 0 ? '' : ` about ${names('theme', themes, vocabulary)}`;
  const caveats = tentativeOf(proposal).map((caveat) => `; ${caveat}`);
  return {
    title: `Contradicting messages to ${whom} in ${where}, ${days(window)}`,
    explanation:
      `Two actors in ${where} speak to ${whom}${subject} ${betweenDays(window)}, and their messages oppose each other: one deters, ` +
      `the other protects; they should agree on what these people are told before both go out${caveats.join('')}.`,
  };
};
