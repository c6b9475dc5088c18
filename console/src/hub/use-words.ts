import type { Term } from '@concord/client-sdk';
import { useIntl } from 'react-intl';
import { hub } from './hub.ts';
import { useAnswer } from './use-answer.ts';

const SPOKEN_OF = ['audiences', 'themes', 'channels', 'languages'] as const;
type Vocabulary = Readonly<Record<(typeof SPOKEN_OF)[number], readonly Pick<Term, 'code' | 'label'>[]>>;

const QUERY = `query Words($language: String!) {
  audiences: taxonomy(kind: AUDIENCE) { code label(language: $language) }
  themes: taxonomy(kind: THEME) { code label(language: $language) }
  channels: taxonomy(kind: CHANNEL) { code label(language: $language) }
  languages: taxonomy(kind: LANGUAGE) { code label(language: $language) }
}`;

/** By language. Vocabularies change by the month; one page asks once. */
const asked = new Map<string, Promise<ReadonlyMap<string, string>>>();
const here = new Map<string, ReadonlyMap<string, string>>();

/** What the hub calls a code of an audience, a theme, a channel or a language, in the language of whoever looks; until that is here, the code. */
export function useWords(): (code: string) => string {
  const { locale } = useIntl();
  useAnswer(() => wordsIn(locale), [locale]);
  const words = here.get(locale);
  return (code) => words?.get(code) ?? code.replaceAll('_', ' ');
}

/** Also for whoever waits for words, so that no code is shown in their place for a moment. */
export function wordsIn(language: string): Promise<ReadonlyMap<string, string>> {
  const known = asked.get(language);
  if (known) return known;
  const asking = hub
    .query<Vocabulary, { language: string }>(QUERY, { language })
    .then(
      (vocabulary) =>
        new Map(SPOKEN_OF.flatMap((kind) => vocabulary[kind].map(({ code, label }) => [code, label] as const))),
    );
  asked.set(language, asking);
  asking.then(
    (words) => here.set(language, words),
    () => asked.delete(language),
  );
  return asking;
}
