import type { OverlapKind } from '../../engine/index.ts';
import { month } from '../suggestions/phrases.ts';
import type { CodeKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { OverlapContent } from './overlap.rows.ts';

type Explained = Omit<OverlapContent, 'explanation'>;

const OPENING: Readonly<Record<OverlapKind, string>> = {
  DUPLICATION: 'Much the same work twice',
  COMPLEMENT: 'Two ends of one route',
  LEVERAGE: 'One has a channel to this audience that the other lacks',
  REINFORCEMENT: 'The same people, reached in different ways',
  CO_PRESENCE: 'Side by side',
};

/** More names than these are counted, not listed. */
const NAMES_LISTED = 3;
const JOINT = new Intl.ListFormat('en', { style: 'long', type: 'conjunction' });

/**
 * One English sentence on what an overlap is: for whom, about what, where, by what, when; and more where messages
 * contradict each other or state different facts. It names no actor, so that it may be shown to whoever may see the overlap.
 */
export function explainOverlap(overlap: Explained, vocabulary: Vocabulary): string {
  const names = (kind: CodeKind, codes: readonly string[]): string => {
    const labels = codes.map((code) => vocabulary.label(kind, code));
    return list(kind === 'audience' || kind === 'theme' ? labels.map(insideSentence) : labels);
  };
  const { places, corridors, audiences, themes, channels } = overlap;
  const parts = [
    audiences.length > 0 ? `for ${names('audience', audiences)}` : null,
    themes.length > 0 ? `about ${names('theme', themes)}` : null,
    places.length > 0 ? `in ${names('place', places)}` : `along ${names('corridor', corridors)}`,
    channels.length > 0 ? `by ${names('channel', channels)}` : null,
    daysOf(overlap),
  ];
  const sentence = `${OPENING[overlap.kind]}: ${parts.filter((part) => part !== null).join(', ')}.`;
  const { contradiction, divergence } = overlap;
  const opposed =
    contradiction === null
      ? ''
      : ` Their messages to ${names('audience', contradiction.audiences)} contradict each other: one deters, the other protects.`;
  const diverging =
    divergence === null
      ? ''
      : ` Their messages tell ${names('audience', divergence.audiences)} different things (${list(divergence.kinds)}).`;
  return `${sentence}${opposed}${diverging}`;
}

function daysOf({ starts_on, ends_on, start_day, end_day }: Explained): string {
  if (ends_on === null) return `from ${day(starts_on)} without a planned end`;
  const days = end_day - start_day;
  return days === 1 ? `on ${day(starts_on)}` : `${String(days)} days from ${day(starts_on)} to ${day(ends_on)}`;
}

/** `1 March 2026`. By hand: formatting dates was a third of the price of a sentence. */
function day(calendarDate: string): string {
  const [year, number = 1, dayOfMonth] = calendarDate.split('-').map(Number);
  return `${String(dayOfMonth)} ${month(number)} ${String(year)}`;
}

function list(names: readonly string[]): string {
  const left = names.length - NAMES_LISTED;
  return JOINT.format(left > 1 ? [...names.slice(0, NAMES_LISTED), `${String(left)} others`] : names);
}

/** Labels start with a capital, which inside a sentence only an acronym keeps. Those of places and channels are mostly names. */
const insideSentence = (label: string): string => label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
