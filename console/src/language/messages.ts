import type { MessageFormatElement } from 'react-intl';
import type { LanguageTag } from './languages.ts';

/** Read when the page was built (`compiled-messages.ts`). */
export type Messages = Readonly<Record<string, MessageFormatElement[]>>;

/** Found by where they lie: `./th/registry.json` is what the registry says in Thai. Fetched when they are needed. */
const files = import.meta.glob<Messages>('./*/*.json', { import: 'default' });

/** The messages of one file, each called by its file: `registry.title`. Empty where there is no such file. */
export async function messagesOf(tag: LanguageTag, file: string): Promise<Messages> {
  const read = await files[`./${tag}/${file}.json`]?.();
  return Object.fromEntries(Object.entries(read ?? {}).map(([key, text]) => [`${file}.${key}`, text]));
}
