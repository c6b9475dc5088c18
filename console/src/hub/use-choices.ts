import { useIntl } from 'react-intl';
import { hub } from './hub.ts';
import { useAnswer } from './use-answer.ts';

export type ChoiceList = 'corridors' | 'audiences' | 'themes' | 'channels' | 'languages';
export interface CodeChoice {
  /** Of the hub's vocabulary. */
  readonly id: string;
  readonly label: string;
}
type Choices = Readonly<Record<ChoiceList, readonly CodeChoice[]>>;

const QUERY = `query Choices($language: String!) {
  corridors { id: code label: name(language: $language) }
  audiences: taxonomy(kind: AUDIENCE) { id: code label(language: $language) }
  themes: taxonomy(kind: THEME) { id: code label(language: $language) }
  channels: taxonomy(kind: CHANNEL) { id: code label(language: $language) }
  languages: taxonomy(kind: LANGUAGE) { id: code label(language: $language) }
}`;

const NONE: Choices = { corridors: [], audiences: [], themes: [], channels: [], languages: [] };
/** By language. Vocabularies change by the month: a page asks once. */
const asked = new Map<string, Promise<Choices>>();

/** What one can choose from in forms, in the hub's order and the language of whoever looks; empty until it is here. */
export function useChoices(): Choices {
  const { locale } = useIntl();
  const answer = useAnswer(() => choicesIn(locale), [locale]);
  return answer.kind === 'here' ? answer.value : NONE;
}

function choicesIn(language: string): Promise<Choices> {
  const known = asked.get(language);
  if (known) return known;
  const asking = hub.query<Choices, { language: string }>(QUERY, { language });
  asked.set(language, asking);
  asking.catch(() => asked.delete(language));
  return asking;
}
