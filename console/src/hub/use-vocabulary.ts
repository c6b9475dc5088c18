import { useEffect } from 'react';
import { useIntl } from 'react-intl';
import { hub } from './hub.ts';
import { useAnswer } from './use-answer.ts';

export interface CodeChoice {
  /** Of the hub's vocabulary. */
  readonly id: string;
  readonly label: string;
}

interface Lists {
  readonly actorKinds: readonly CodeChoice[];
  readonly audiences: readonly CodeChoice[];
  readonly channels: readonly CodeChoice[];
  /** With the countries that each leads through, once a leg. */
  readonly corridors: readonly (CodeChoice & {
    readonly legs: readonly { readonly country: { readonly code: string } }[];
  })[];
  readonly languages: readonly CodeChoice[];
  readonly themes: readonly CodeChoice[];
}
export type VocabularyList = keyof Lists;

/** What the hub has words for, in its own order and one language. */
export interface Vocabulary extends Lists {
  /** What a code is called; one that is in no list, or whose list is not here yet, by itself. */
  readonly word: (list: VocabularyList, code: string, otherwise?: string) => string;
}

const QUERY = `query Vocabulary($language: String!) {
  actorKinds: taxonomy(kind: ACTOR_KIND) { id: code label(language: $language) }
  audiences: taxonomy(kind: AUDIENCE) { id: code label(language: $language) }
  channels: taxonomy(kind: CHANNEL) { id: code label(language: $language) }
  corridors { id: code label: name(language: $language) legs { country { code } } }
  languages: taxonomy(kind: LANGUAGE) { id: code label(language: $language) }
  themes: taxonomy(kind: THEME) { id: code label(language: $language) }
}`;

const NOTHING_YET = toVocabulary({
  actorKinds: [],
  audiences: [],
  channels: [],
  corridors: [],
  languages: [],
  themes: [],
});

/** By language. Vocabularies change by the month: a page asks once. */
const asked = new Map<string, Promise<Vocabulary>>();
const here = new Map<string, Vocabulary>();

/** The hub's vocabulary in the language of whoever looks; its lists are empty until they are here; if the line is cut meanwhile, it is asked for when that is back. */
export function useVocabulary(): Vocabulary {
  const { locale } = useIntl();
  const { kind, again } = useAnswer(() => vocabularyIn(locale), [locale]);
  useEffect(() => {
    if (kind !== 'failed') return;
    addEventListener('online', again);
    return () => {
      removeEventListener('online', again);
    };
  }, [kind, again]);
  return here.get(locale) ?? NOTHING_YET;
}

/** Also for whoever waits for words, so that no code is shown in their place for a moment. */
export function vocabularyIn(language: string): Promise<Vocabulary> {
  const known = asked.get(language);
  if (known) return known;
  const asking = hub.query<Lists, { language: string }>(QUERY, { language }).then(toVocabulary);
  asked.set(language, asking);
  asking.then(
    (vocabulary) => here.set(language, vocabulary),
    () => asked.delete(language),
  );
  return asking;
}

function toVocabulary(lists: Lists): Vocabulary {
  const words = new Map(
    Object.entries(lists).map(([list, choices]: [string, readonly CodeChoice[]]) => [
      list,
      new Map(choices.map(({ id, label }) => [id, label])),
    ]),
  );
  return {
    ...lists,
    word: (list, code, otherwise = code.replaceAll('_', ' ')) => words.get(list)?.get(code) ?? otherwise,
  };
}
