import { useIntl } from 'react-intl';
import { EmptyState } from '../../components/states.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { usePlaceName } from '../../language/use-place-name.ts';
import type { Told } from './use-activity.ts';

interface Row {
  readonly code: string;
  readonly name: string;
}

/** The map in words: a row for each country the hub tells something of. */
export function CountryTable({ told, onOpen }: { readonly told: Told; readonly onOpen: (code: string) => void }) {
  const { formatMessage, formatNumber } = useIntl();
  const placeName = usePlaceName();
  const { countries, gaps } = told;
  const rows: readonly Row[] = [...new Set([...countries.keys(), ...gaps.keys()])]
    .map((code) => ({ code, name: placeName(code) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const count = (value: number | undefined): string => (value === undefined ? '–' : formatNumber(value));
  const columns: readonly Column<Row>[] = [
    { id: 'name', title: formatMessage({ id: 'map.country' }), show: ({ name }) => name },
    ...(['actors', 'programmes', 'campaigns', 'entries'] as const).map((what) => ({
      id: what,
      title: formatMessage({ id: `map.column.${what}` }),
      isNumeric: true,
      show: ({ code }: Row) => count(countries.get(code)?.[what]),
    })),
    {
      id: 'gaps',
      title: formatMessage({ id: 'map.column.gaps' }),
      isNumeric: true,
      show: ({ code }) => count(gaps.get(code)?.count),
    },
  ];
  if (rows.length === 0) return <EmptyState>{formatMessage({ id: 'map.nobody' })}</EmptyState>;
  return (
    <Table
      label={formatMessage({ id: 'map.title' })}
      columns={columns}
      rows={rows}
      idOf={({ code }) => code}
      onOpen={({ code }) => {
        onOpen(code);
      }}
    />
  );
}
