import { useState } from 'react';
import { useIntl } from 'react-intl';
import { FormattedMessage } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { type Axis, COUNTS } from './axes.ts';
import type { HeadingName } from './use-heading-name.ts';
import type { Cell, Laid } from './use-matrix.ts';

interface Props {
  readonly laid: Laid;
  readonly rows: Axis;
  readonly columns: Axis;
  readonly nameOf: HeadingName;
  readonly onOpen: (cell: Cell) => void;
}

const CELLS_AT_ONCE = 100;

/** The same, a line for each cell with something in it. */
export function Listing({ laid, rows, columns, nameOf, onOpen }: Props) {
  const { formatMessage, formatNumber, formatList } = useIntl();
  const [shown, setShown] = useState(CELLS_AT_ONCE);
  const labels = new Map([...laid.rows, ...laid.columns].map((heading) => [heading.code, heading.label] as const));
  const named = (axis: Axis, code: string): string => nameOf(axis, { code, label: labels.get(code) ?? code });
  const lines: readonly Column<Cell>[] = [
    { id: 'row', title: formatMessage({ id: 'matrix.axis' }, { axis: rows }), show: ({ row }) => named(rows, row) },
    {
      id: 'column',
      title: formatMessage({ id: 'matrix.axis' }, { axis: columns }),
      show: ({ column }) => named(columns, column),
    },
    ...COUNTS.map((count) => ({
      id: count,
      title: formatMessage({ id: 'matrix.count' }, { count }),
      isNumeric: true,
      show: (cell: Cell) => formatNumber(cell[count]),
    })),
    {
      id: 'owners',
      title: formatMessage({ id: 'matrix.owners' }),
      show: ({ owners }) => formatList(owners.map(({ name }) => name)),
    },
  ];
  return (
    <>
      <Table
        label={formatMessage({ id: 'matrix.title' })}
        columns={lines}
        rows={laid.cells.slice(0, shown)}
        idOf={({ row, column }) => `${row} ${column}`}
        onOpen={onOpen}
      />
      {shown < laid.cells.length && (
        <Button
          onPress={() => {
            setShown(shown + CELLS_AT_ONCE);
          }}
        >
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </>
  );
}
