import type { NewTerm } from '../../vocabulary/term-insertion.ts';
import type { IatiActivity } from './activity.ts';
import { activityThemes } from './activity-themes.ts';
import { type Mention, partnersOf, publisherOf } from './organisations.ts';
import { essentialsOf } from './to-programme.ts';

/** What must be known of a whole file before its first activity is loaded. */
export interface Survey {
  readonly activities: number;
  /** Each once, publishers marked. */
  readonly mentions: readonly (Mention & { readonly publishes: boolean })[];
  /** Themes of outside vocabularies, each once. */
  readonly terms: readonly NewTerm[];
  /** How often each activity occurs. */
  readonly occurrences: readonly Occurrence[];
}

interface Occurrence {
  /** Key of the publisher's mention. */
  readonly publisher: string;
  readonly identifier: string;
  readonly times: number;
}

/**
 * Reads a file to its end, so that one that breaks off changes nothing. Keeps its organisations, themes and identifiers, no activity;
 * activities that would be refused bring neither organisations nor themes.
 * @throws PlainError where the file cannot be read.
 */
export async function surveyActivities(activities: AsyncIterable<IatiActivity>): Promise<Survey> {
  let count = 0;
  const mentions = new Map<string, Survey['mentions'][number]>();
  const terms = new Map<string, NewTerm>();
  const occurrences = new Map<string, Occurrence>();
  for await (const activity of activities) {
    count += 1;
    const { identifier } = activity;
    const publisher = publisherOf(activity)?.key;
    if (identifier !== null && publisher !== undefined) {
      const key = JSON.stringify([publisher, identifier]);
      occurrences.set(key, { publisher, identifier, times: (occurrences.get(key)?.times ?? 0) + 1 });
    }
    const essentials = essentialsOf(activity);
    if (essentials.kind === 'refused') continue;
    note({ ...essentials.publisher, publishes: true });
    for (const { organisation } of partnersOf(activity)) note({ ...organisation, publishes: false });
    for (const term of activityThemes(activity).terms) if (!terms.has(term.code)) terms.set(term.code, term);
  }
  return {
    activities: count,
    mentions: [...mentions.values()],
    terms: [...terms.values()],
    occurrences: [...occurrences.values()],
  };

  function note(mention: Survey['mentions'][number]): void {
    const key = JSON.stringify([mention.key, mention.name]);
    const known = mentions.get(key) ?? mention;
    const publishes = known.publishes || mention.publishes;
    mentions.set(key, { ...known, kind: known.kind ?? mention.kind, publishes });
  }
}

/** The activities of one publisher that have the same identifier, in the order of the file. */
export type SameActivity = readonly [IatiActivity, ...IatiActivity[]];

/**
 * The activities again, those that occur more than once together, when the last of them has come, the others as they come. Keeps
 * only those that still wait.
 * @param actorIds who the publishers are: two mentions may be of one
 */
export async function* gatherRepeated(
  activities: AsyncIterable<IatiActivity>,
  { occurrences }: Survey,
  actorIds: ReadonlyMap<string, string>,
): AsyncGenerator<SameActivity> {
  const keyOf = (publisher: string, identifier: string): string =>
    JSON.stringify([actorIds.get(publisher) ?? publisher, identifier]);
  const missing = new Map<string, number>();
  for (const { publisher, identifier, times } of occurrences) {
    const key = keyOf(publisher, identifier);
    missing.set(key, (missing.get(key) ?? 0) + times);
  }
  const waiting = new Map<string, [IatiActivity, ...IatiActivity[]]>();
  for await (const activity of activities) {
    const publisher = publisherOf(activity)?.key;
    const key = publisher === undefined || activity.identifier === null ? null : keyOf(publisher, activity.identifier);
    const left = key === null ? 0 : (missing.get(key) ?? 1) - 1;
    const same = key === null ? undefined : waiting.get(key);
    if (key !== null) missing.set(key, left);
    if (left === 0) {
      if (key !== null) waiting.delete(key);
      yield same ? [...same, activity] : [activity];
    } else if (same) same.push(activity);
    else if (key !== null) waiting.set(key, [activity]);
  }
}
