import { useIntl } from 'react-intl';
import { Table } from '../../components/table.tsx';
import { Twin } from '../../components/twin.tsx';
import { Score } from './score.tsx';
import { scoreParts, type Suggestion } from './suggestion.ts';

/** The parts of the score as bars, or as a table that says the same. */
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
