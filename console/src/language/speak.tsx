import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { IntlProvider, useIntl } from 'react-intl';
import { keepLanguage, type LanguageTag, languageOf, preferredLanguage } from './languages.ts';
import { type Messages, messagesOf } from './messages.ts';

interface Speaking {
  readonly language: LanguageTag;
  readonly speak: (language: LanguageTag) => void;
}

const SpeakingContext = createContext<Speaking>({ language: 'en', speak: () => undefined });
export const useLanguage = (): Speaking => useContext(SpeakingContext);

/** Speaks the language of whoever looks, with the messages of the shell; shows nothing before they are here. */
export function Speak({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(preferredLanguage);
  const [spoken, setSpoken] = useState<{ tag: LanguageTag; messages: Messages } | null>(null);
  const [isMute, setMute] = useState(false);
  useEffect(() => {
    let isWanted = true;
    messagesOf(language, 'shell').then(
      (messages) => {
        if (!isWanted) return;
        document.documentElement.lang = language;
        document.documentElement.dir = languageOf(language).direction;
        setSpoken({ tag: language, messages });
      },
      () => {
        if (isWanted) setMute(true);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [language]);
  const speaking = useMemo(
    () => ({
      language,
      speak: (tag: LanguageTag) => {
        keepLanguage(tag);
        setLanguage(tag);
      },
    }),
    [language],
  );
  // In no language but this one, since its words are what could not be fetched. Whoever reads another one already goes on in that.
  if (!spoken)
    return isMute ? <p lang="en">The hub cannot be reached. Check your connection, then reload the page.</p> : null;
  return (
    <SpeakingContext value={speaking}>
      <I18nProvider locale={spoken.tag}>
        <IntlProvider locale={spoken.tag} messages={spoken.messages}>
          {children}
        </IntlProvider>
      </I18nProvider>
    </SpeakingContext>
  );
}

/** Adds the messages of a view to those of the shell; shows nothing before they are here. */
export function SpeakOf({ view, children }: { readonly view: string; readonly children: ReactNode }) {
  const { locale, messages: known } = useIntl();
  const [own, setOwn] = useState<{ of: string; messages: Messages } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const of = `${locale} ${view}`;
  useEffect(() => {
    let isWanted = true;
    messagesOf(locale as LanguageTag, view).then(
      (messages) => {
        if (isWanted) setOwn({ of, messages });
      },
      (error: unknown) => {
        if (isWanted) setFailure(error);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [of]);
  // The fence around the view says what helps.
  if (failure !== null) throw failure;
  if (own?.of !== of) return null;
  return (
    <IntlProvider locale={locale} messages={{ ...(known as Messages), ...own.messages }}>
      {children}
    </IntlProvider>
  );
}
