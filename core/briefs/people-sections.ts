import { inside } from '../suggestions/phrases.ts';
import type { BriefFacts } from './brief-facts.ts';
import { asSentence, asWritten, daysBetween, inWords, joined, sentence, several } from './brief-phrases.ts';
import { type BriefFigure, type BriefSection, paragraphs } from './brief-section.ts';

interface Used {
  readonly label: string;
  readonly actors: number;
  readonly others: boolean;
}

const labels = (some: readonly Used[], word: (label: string) => string): string =>
  joined(some.map(({ label }) => word(label)));

/** `migrants in transit by two actors and returnees by one`, those with most first. */
function withActors(some: readonly Used[], word: (label: string) => string): string {
  const most = some.filter(({ actors }) => actors > 0).sort((a, b) => b.actors - a.actors);
  return joined(
    most.map(({ label, actors }, i) => `${word(label)} by ${i === 0 ? several(actors, 'actor') : inWords(actors)}`),
  );
}

/** Who is told of without being seen. */
const UNSEEN = 'By work that is not shown to every member, at least three actors other than yours';

const figures = (some: readonly Used[]): BriefFigure[] => some.map(({ label, actors }) => ({ label, value: actors }));
const same = (label: string): string => label;

/** Who is spoken to, and who is not. */
export function sayAudiences({ audiences }: BriefFacts): BriefSection {
  const reached = audiences.filter(({ actors }) => actors > 0);
  const missed = audiences.filter(({ actors, others }) => actors === 0 && !others);
  const inNeed = missed.filter((audience) => audience.inNeed);
  const byOthers = audiences.filter(({ others }) => others);
  return {
    topic: 'audiences',
    heading: 'Who is spoken to, and who is not',
    text: paragraphs([
      reached.length > 0
        ? `Spoken to are ${withActors(reached, inside)}.`
        : 'Nobody you may see says to whom it speaks.',
      inNeed.length > 0 && `Known to lack information, and spoken to by nobody you may see: ${labels(inNeed, inside)}.`,
      missed.length > 0 && `Not spoken to, as far as you may see: ${labels(missed, inside)}.`,
      byOthers.length > 0 && `${UNSEEN} speak to each of these: ${labels(byOthers, inside)}.`,
    ]),
    figures: figures(audiences),
  };
}

/** Which of the languages along the corridor are used. */
export function sayLanguages({ languages }: BriefFacts): BriefSection {
  const ofCorridor = languages.filter((language) => language.ofCorridor);
  const unused = ofCorridor.filter(({ actors, others }) => actors === 0 && !others);
  const beside = languages.filter((language) => !language.ofCorridor && language.actors > 0);
  const byOthers = languages.filter(({ others }) => others);
  const spoken = ofCorridor.filter(({ actors }) => actors > 0);
  return {
    topic: 'languages',
    heading: 'Languages',
    text: paragraphs([
      `Along the route people speak ${labels(ofCorridor, same)}.`,
      spoken.length > 0
        ? `Used in the work there: ${withActors(spoken, same)}.`
        : 'Nobody you may see says that it uses any of them.',
      unused.length > 0 && `Used by nobody you may see: ${labels(unused, same)}.`,
      beside.length > 0 && `Beside these, the work there uses ${withActors(beside, same)}.`,
      byOthers.length > 0 && `${UNSEEN} use each of these: ${labels(byOthers, same)}.`,
    ]),
    figures: figures(languages),
  };
}

/** How people get information, and whether they are reached that way. */
export function sayChannels({ channels, ways }: BriefFacts): BriefSection {
  const used = channels.filter(({ actors }) => actors > 0);
  const byOthers = channels.filter(({ others }) => others);
  const lines = ways.map((way) => {
    const names = (isUsed: boolean): string =>
      joined(way.channels.filter((one) => one.isUsed === isUsed).map(({ label }) => label));
    const verdict =
      way.channels.length === 0
        ? []
        : [
            names(true) !== '' && `Used for them here: ${names(true)}.`,
            names(false) !== '' && `Not used for them by anybody you may see: ${names(false)}.`,
          ].filter((part) => part !== false);
    return `- ${whom(way)}: ${asSentence(way.statement)} ${[sourced(way.source), ...verdict].join(' ')}`;
  });
  return {
    topic: 'channels',
    heading: 'How people get information, and how they are reached',
    text: paragraphs([
      used.length > 0
        ? `Channels in use: ${withActors(used, same)}.`
        : 'Nobody you may see says by which channels it works.',
      byOthers.length > 0 && `${UNSEEN} use each of these: ${labels(byOthers, same)}.`,
      lines.length > 0
        ? 'What sources say of how people get information:'
        : 'The hub holds no source on how people here get information.',
      lines.join('\n'),
    ]),
    figures: figures(used),
  };
}

/** What people lack, and how things change. */
export function sayNeeds({ needs, trends }: BriefFacts): BriefSection {
  const lines = (some: BriefFacts['needs']): string =>
    some.map((one) => `- ${whom(one)}: ${asSentence(one.statement)} ${sourced(one.source)}`).join('\n');
  return {
    topic: 'needs',
    heading: 'What people lack, and what has changed',
    text: paragraphs([
      needs.length > 0 ? 'What sources say that people lack:' : 'The hub holds no source on what people here lack.',
      lines(needs),
      trends.length > 0 && 'What has changed lately:',
      lines(trends),
    ]),
    figures: [
      { label: 'Known needs', value: needs.length },
      { label: 'Situation updates', value: trends.length },
    ],
  };
}

const whom = ({ audience, places }: { readonly audience: string; readonly places: readonly string[] }): string =>
  `${audience}, ${places.length > 0 ? joined(places) : 'in general'}`;

const sourced = (source: string): string => `Source: ${asSentence(source)}`;

/** What people lack and no campaign tells them. */
export function sayGaps({ gaps, gapCount }: BriefFacts): BriefSection {
  const lines = gaps.map(({ audience, theme, start, end, languages, channels }) => {
    const unused = [...languages, ...channels.map(inside)];
    const beside = unused.length === 0 ? '' : ` Nobody there is known to use ${joined(unused)}.`;
    return `- ${sentence(inside(audience))}, about ${inside(theme)}: ${daysBetween(start, end)}.${beside}`;
  });
  return {
    topic: 'gaps',
    heading: 'Gaps that no campaign fills',
    text: paragraphs([
      gaps.length === 0
        ? 'The hub knows of no need in these days that a campaign does not answer.'
        : `The hub knows of ${several(gapCount, 'gap')}: a need in a quarter of the year that no campaign answers. The first of them:`,
      lines.join('\n'),
    ]),
    figures: [{ label: 'Gaps', value: gapCount }],
  };
}

/** Pairs whose messages speak against each other. */
export function sayContradictions({ contradictions }: BriefFacts): BriefSection {
  const lines = contradictions.map(
    ({ audiences, start, end }) => `- To ${joined(audiences.map(inside))}: ${daysBetween(start, end)}.`,
  );
  return {
    topic: 'contradictions',
    heading: 'Messages that contradict each other',
    text:
      contradictions.length === 0
        ? 'None that you may see.'
        : paragraphs([
            `In ${several(contradictions.length, 'case', 'cases')} one message warns the same people off while another offers them help. They should be told one thing:`,
            lines.join('\n'),
          ]),
    figures: [{ label: 'Contradictions', value: contradictions.length }],
  };
}

/** What the hub suggests. */
export function saySuggestions({ suggestions, suggestionCount }: BriefFacts): BriefSection {
  const left = suggestionCount - suggestions.length;
  return {
    topic: 'suggestions',
    heading: 'What the hub suggests',
    text:
      suggestionCount === 0
        ? 'No suggestion is open.'
        : paragraphs([
            suggestions.map(({ explanation }) => `- ${asWritten(explanation)}`).join('\n'),
            left > 0 && sentence(`${several(left, 'more suggestion is', 'more suggestions are')} open.`),
          ]),
    figures: [{ label: 'Open suggestions', value: suggestionCount }],
  };
}
