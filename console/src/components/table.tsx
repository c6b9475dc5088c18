import type { ReactNode } from 'react';
import {
  Cell,
  Column as AriaColumn,
  Row,
  type SortDescriptor,
  Table as AriaTable,
  TableBody,
  TableHeader,
} from 'react-aria-components';
import styles from './table.module.css';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  readonly show: (row: T) => ReactNode;
  readonly isNumeric?: boolean;
  /** Only with `onSort`, and where the hub can order by it. */
  readonly isSortable?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly isDescending: boolean;
}

interface Props<T> {
  /** What it lists, for screen readers. */
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  readonly sort?: Sort | undefined;
  /** Ordering is the hub's: the page shown is never all there is. */
  readonly onSort?: ((sort: Sort) => void) | undefined;
  /** Where a press on the row, or Enter, leads. */
  readonly onOpen?: ((row: T) => void) | undefined;
}

/** A table to walk through by arrow keys; on narrow screens each row is a small card. */
export function Table<T extends object>({ label, columns, rows, idOf, sort, onSort, onOpen }: Props<T>) {
  const descriptor: SortDescriptor | undefined = sort && {
    column: sort.column,
    direction: sort.isDescending ? 'descending' : 'ascending',
  };
  return (
    <div className={styles['frame']}>
      <AriaTable
        aria-label={label}
        className={styles['table']}
        {...(descriptor && { sortDescriptor: descriptor })}
        {...(onSort && {
          onSortChange: ({ column, direction }: SortDescriptor) => {
            onSort({ column: String(column), isDescending: direction === 'descending' });
          },
        })}
        {...(onOpen && {
          onRowAction: (key: string | number) => {
            const row = rows.find((one) => idOf(one) === key);
            if (row) onOpen(row);
          },
        })}
      >
        <TableHeader>
          {columns.map(({ id, title, isNumeric = false, isSortable = false }, index) => (
            <AriaColumn
              key={id}
              id={id}
              isRowHeader={index === 0}
              allowsSorting={isSortable && onSort !== undefined}
              className={isNumeric ? styles['numeric'] : styles['head']}
            >
              {({ sortDirection }) => (
                <>
                  {title}
                  {sortDirection && <span aria-hidden="true">{sortDirection === 'ascending' ? ' ↑' : ' ↓'}</span>}
                </>
              )}
            </AriaColumn>
          ))}
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <Row key={idOf(row)} id={idOf(row)} className={onOpen ? styles['opens'] : styles['row']}>
              {columns.map(({ id, title, show, isNumeric = false }) => (
                <Cell key={id} data-title={title} className={isNumeric ? styles['numeric'] : styles['cell']}>
                  {show(row)}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </AriaTable>
    </div>
  );
}
