import { useIntl } from 'react-intl';
import { Bar } from '../../components/bar.tsx';
import { Table } from '../../components/table.tsx';
import { Twin } from '../../components/twin.tsx';
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

/** The same with its table. */
export function ScoreTwin({ suggestion }: { readonly suggestion: Suggestion }) {
  const { formatMessage, formatNumber } = useIntl();
  const title = formatMessage({ id: 'suggestions.score' });
  return (
    <Twin
      title={title}
      picture={<Score suggestion={suggestion} />}
      table={
        <Table
          label={title}
          columns={[
            { id: 'part', title, show: ({ id }) => formatMessage({ id: `suggestions.part.${id}` }) },
            {
              id: 'value',
              title: formatMessage({ id: 'suggestions.share' }),
              isNumeric: true,
              show: ({ value }) => formatNumber(value, { style: 'percent' }),
            },
          ]}
          rows={scoreParts(suggestion)}
          idOf={({ id }) => id}
        />
      }
    />
  );
}
