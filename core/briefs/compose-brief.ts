import { type EpochDay, epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { BriefFacts } from './brief-facts.ts';
import { dayOf, daysBetween, several } from './brief-phrases.ts';
import { type BriefSection, paragraphs } from './brief-section.ts';
import {
  sayAudiences,
  sayChannels,
  sayContradictions,
  sayGaps,
  sayLanguages,
  sayNeeds,
  saySuggestions,
} from './people-sections.ts';
import { sayAhead, sayMonths, sayRoute, sayWork } from './route-sections.ts';

export interface Brief {
  readonly title: string;
  /** The day it was made, as `2027-03-01`. */
  readonly asOf: string;
  readonly sections: readonly BriefSection[];
  /** All of it, in Markdown. */
  readonly text: string;
}

/** Each writes a section of its own, in the order in which they are read; a new one is added here. */
const SECTIONS: readonly ((facts: BriefFacts, today: EpochDay) => BriefSection)[] = [
  sayRoute,
  sayWork,
  sayMonths,
  sayAudiences,
  sayLanguages,
  sayChannels,
  sayNeeds,
  sayGaps,
  sayContradictions,
  sayAhead,
  saySuggestions,
  sayAbout,
];

/** Puts the facts into words. Pure: equal facts and days give equal texts. */
export function composeBrief(facts: BriefFacts, today: EpochDay): Brief {
  const title = `${facts.corridor.label}: brief of ${dayOf(today)}`;
  const sections = SECTIONS.map((say) => say(facts, today));
  const text = [`# ${title}`, ...sections.map(({ heading, text: said }) => `## ${heading}\n\n${said}`)].join('\n\n');
  return { title, asOf: formatCalendarDate(today), sections, text: `${text}\n` };
}

/** What the brief is made of, and what to mind before it is handed on. */
function sayAbout({ work }: BriefFacts, today: EpochDay): BriefSection {
  const all = work.programmes + work.campaigns + work.entries;
  const last = epochDay(today + 364);
  const minded = `${several(work.notForAll, 'of them is', 'of them are')} not shown to every member: ask the owners before you hand this brief on.`;
  return {
    topic: 'about',
    heading: 'About this brief',
    text: paragraphs([
      `It was made on ${dayOf(today)} from what you may see in the hub, and looks at the days ${daysBetween(formatCalendarDate(today), formatCalendarDate(last))}. Others may see more or less. Nothing restricted is in it, work without dates is not counted, and places are told as their owners tell them to others.`,
      work.notForAll > 0 && `It is made of ${several(all, 'record')}, and ${minded}`,
    ]),
    figures: [
      { label: 'Records behind it', value: all },
      { label: 'Not shown to every member', value: work.notForAll },
    ],
  };
}
