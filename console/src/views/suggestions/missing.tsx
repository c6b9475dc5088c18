import { FormattedMessage, useIntl } from 'react-intl';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './suggestions.module.css';
import type { Suggestion } from './suggestion.ts';

/** What it would still lack; nothing where it lacks nothing. */
export function Missing({ missing }: Pick<Suggestion, 'missing'>) {
  const { formatMessage, formatList } = useIntl();
  const { word } = useVocabulary();
  const place = usePlaceName();
  const lacks = [
    ['roles', missing.roles.map((role) => formatMessage({ id: 'suggestions.role' }, { role }))],
    ['countries', missing.countries.map(({ code }) => place(code))],
    ['languages', missing.languages.map(({ code }) => word('languages', code))],
    ['channels', missing.channels.map(({ code }) => word('channels', code))],
  ] as const;
  const told = lacks.filter(([, values]) => values.length > 0);
  if (told.length === 0) return null;
  return (
    <>
      <h2>
        <FormattedMessage id="suggestions.missingTitle" />
      </h2>
      <dl className={styles['missing']}>
        {told.map(([name, values]) => (
          <div key={name}>
            <dt>
              <FormattedMessage id={`suggestions.missing.${name}`} />
            </dt>
            <dd>{formatList(values)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
