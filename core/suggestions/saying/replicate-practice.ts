import { anyOf, betweenDays, count, inside } from '../phrases.ts';
import { valuesOf } from '../reason.ts';
import { names, placeNames, tentativeOf, windowOf } from './clauses.ts';
import type { Sayer } from './said.ts';

/** Says where a practice fits and what nobody does there. Its title is for those who may see the case study. */
export const sayReplicatePractice: Sayer = (proposal, vocabulary) => {
  const { themes, audiences, countries, corridor, participants, reasons } = proposal;
  const home = placeNames(valuesOf(reasons, 'PRACTICE', 'COUNTRIES'), vocabulary);
  const from = home === '' ? 'A practice' : `A practice from ${home}`;
  const route = corridor === null ? '' : ` on the corridor “${vocabulary.label('corridor', corridor)}”`;
  const actors = new Set(participants.map((participant) => participant.actor_id)).size;
  const who = `${count(actors, 'actor')} there ${actors === 1 ? 'speaks' : 'speak'}`;
  const channels = valuesOf(reasons, 'NOBODY_DOES', 'CHANNELS').map((code) =>
    inside(vocabulary.label('channel', code)),
  );
  const evidence = reasons.some(({ code }) => code === 'EVIDENCED') ? '; an evaluation or a survey speaks for it' : '';
  const committed = reasons.some(({ code }) => code === 'COMMITTED_RESOURCES') ? '; resources are committed' : '';
  const caveats = tentativeOf(proposal).map((caveat) => `; ${caveat}`);
  return {
    title: `${from} to replicate in ${placeNames(countries, vocabulary)}: ${names('theme', themes, vocabulary)}`,
    explanation:
      `${from} could be replicated${route} in ${placeNames(countries, vocabulary)}: ${betweenDays(windowOf(proposal))} ${who} ` +
      `to ${names('audience', audiences, vocabulary)} about ${names('theme', themes, vocabulary)}, and nobody is known to use ` +
      `${anyOf(channels)} for it, as this practice did${evidence}${committed}${caveats.join('')}.`,
  };
};
