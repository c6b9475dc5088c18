/** What a section is about; one of each in a brief, in this order. */
export const TOPICS = [
  'route',
  'work',
  'months',
  'audiences',
  'languages',
  'channels',
  'needs',
  'gaps',
  'contradictions',
  'ahead',
  'suggestions',
  'about',
] as const;
export type Topic = (typeof TOPICS)[number];

/** A number to print beside the text. */
export interface BriefFigure {
  readonly label: string;
  readonly value: number;
}

export interface BriefSection {
  readonly topic: Topic;
  readonly heading: string;
  /** Markdown: paragraphs and flat lists, nothing else. */
  readonly text: string;
  readonly figures: readonly BriefFigure[];
}

/** Paragraphs of Markdown, without those that have nothing to say. */
export function paragraphs(parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n\n');
}
