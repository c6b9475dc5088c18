import { betweenDays, days, list } from '../phrases.ts';
import { valuesOf } from '../reason.ts';
import { names, placeNames, tentativeOf, windowOf } from './clauses.ts';
import type { Sayer, Unsaid } from './said.ts';

/** Says whom two tell what does not go together, and that they should agree on one. */
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
      `Two actors in ${where} speak to ${whom}${subject} ${betweenDays(window)}, and their messages ${how(proposal)}; ` +
      `they should agree on what these people are told${caveats.join('')}.`,
  };
};

const FACTS: Readonly<Record<string, string>> = {
  HOTLINE: 'numbers to call',
  WEBSITE: 'web addresses',
  DEADLINE: 'deadlines',
  FEE: 'fees',
  ADDRESS: 'addresses',
  OTHER: 'facts',
};

function how({ reasons }: Unsaid): string {
  const facts = valuesOf(reasons, 'DIVERGING_FACTS', 'FACTS').map((kind) => FACTS[kind] ?? 'facts');
  return [
    ...(reasons.some(({ code }) => code === 'OPPOSED_STANCES')
      ? ['oppose each other: one deters, the other protects']
      : []),
    ...(facts.length === 0 ? [] : [`give different ${list(facts)}`]),
  ].join(', and ');
}
