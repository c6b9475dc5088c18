import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Select } from '../components/select.tsx';
import { chooseTheme, chosenTheme, type Theme, THEMES } from '../design/theme.ts';
import { LANGUAGES } from '../language/languages.ts';
import { useLanguage } from '../language/speak.tsx';

/** Languages say themselves what they are, and whether anybody has read what a machine drafted. */
export function LanguageSwitch() {
  const { formatMessage } = useIntl();
  const { language, speak } = useLanguage();
  const choices = LANGUAGES.map(({ tag, name, isReviewed }) => ({
    id: tag,
    label: isReviewed ? name : `${name} · ${formatMessage({ id: 'shell.machineDrafted' })}`,
  }));
  return (
    <Select
      label={formatMessage({ id: 'shell.language' })}
      isLabelHidden
      choices={choices}
      value={language}
      onChange={speak}
    />
  );
}

export function ThemeSwitch() {
  const { formatMessage } = useIntl();
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  return (
    <Select
      label={formatMessage({ id: 'shell.theme' })}
      isLabelHidden
      choices={THEMES.map((id) => ({ id, label: formatMessage({ id: `shell.theme.${id}` }) }))}
      value={theme}
      onChange={(chosen) => {
        chooseTheme(chosen);
        setTheme(chosen);
      }}
    />
  );
}
