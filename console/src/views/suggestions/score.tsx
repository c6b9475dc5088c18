import { useIntl } from 'react-intl';
import { Bar } from '../../components/bar.tsx';
import styles from './suggestions.module.css';
import { scoreParts, type Suggestion } from './suggestion.ts';

/** The parts of the score as small bars, each with its number. */
export function Score({ suggestion }: { readonly suggestion: Suggestion }) {
  const { formatMessage } = useIntl();
  return (
    <div className={styles['score']}>
      {scoreParts(suggestion).map(({ id, value }) => (
        <Bar key={id} label={formatMessage({ id: `suggestions.part.${id}` })} value={value} />
      ))}
    </div>
  );
}
