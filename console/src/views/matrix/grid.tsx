import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import {
  Button as AriaButton,
  Cell as AriaCell,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
} from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { type Axis, type Count, shadeOf } from './axes.ts';
import styles from './grid.module.css';
import type { HeadingName } from './use-heading-name.ts';
import type { Cell, Laid } from './use-matrix.ts';

interface Props {
  readonly laid: Laid;
  readonly rows: Axis;
  readonly columns: Axis;
  readonly count: Count;
  readonly nameOf: HeadingName;
  readonly onOpen: (cell: Cell) => void;
}

/** Rows that are shown at once: more than that nobody takes in, and a browser is slow to draw. */
const ROWS_AT_ONCE = 60;

/** The darker a cell, the more is in it; arrow keys walk from one to the next. */
export function Grid({ laid, rows, columns, count, nameOf, onOpen }: Props) {
  const { formatMessage, formatNumber } = useIntl();
  const [isWhole, setWhole] = useState(false);
  const cells = new Map(laid.cells.map((cell) => [`${cell.row} ${cell.column}`, cell]));
  const most = laid.cells.reduce((known, cell) => Math.max(known, cell[count]), 1);
  const shown = isWhole ? laid.rows : laid.rows.slice(0, ROWS_AT_ONCE);
  const side = formatMessage({ id: 'matrix.axis' }, { axis: rows });
  const top = formatMessage({ id: 'matrix.axis' }, { axis: columns });
  return (
    <div className={styles['picture']}>
      <div className={styles['frame']}>
        <Table
          aria-label={formatMessage({ id: 'matrix.by' }, { rows: side, columns: top })}
          className={styles['grid'] ?? ''}
        >
          <TableHeader>
            <Column isRowHeader className={styles['corner'] ?? ''}>
              {side}
            </Column>
            {laid.columns.map((heading) => (
              <Column key={heading.code} id={heading.code} className={styles['top'] ?? ''}>
                <span>{nameOf(columns, heading)}</span>
                <span className={styles['sum']}>{formatNumber(heading[count])}</span>
              </Column>
            ))}
          </TableHeader>
          <TableBody>
            {shown.map((row) => (
              <Row key={row.code} id={row.code}>
                <AriaCell className={styles['side'] ?? ''}>
                  <span className={styles['line']}>
                    <span>{nameOf(rows, row)}</span>
                    <span className={styles['sum']}>{formatNumber(row[count])}</span>
                  </span>
                </AriaCell>
                {laid.columns.map((column) => {
                  const cell = cells.get(`${row.code} ${column.code}`);
                  const number = cell?.[count] ?? 0;
                  return (
                    <AriaCell key={column.code} className={styles['cell'] ?? ''}>
                      {cell ? (
                        <AriaButton
                          className={`${styles['number']} ${styles[`shade${String(shadeOf(number, most))}`]}`}
                          aria-label={formatMessage(
                            { id: 'matrix.cell' },
                            { count, number, row: nameOf(rows, row), column: nameOf(columns, column) },
                          )}
                          onPress={() => {
                            onOpen(cell);
                          }}
                        >
                          {number === 0 ? '·' : formatNumber(number)}
                        </AriaButton>
                      ) : (
                        <span className={styles['spoken']}>
                          <FormattedMessage id="matrix.nobodyThere" />
                        </span>
                      )}
                    </AriaCell>
                  );
                })}
              </Row>
            ))}
          </TableBody>
        </Table>
      </div>
      <footer className={styles['foot']}>
        <p className={styles['legend']}>
          <span className={styles['blank']} aria-hidden="true" />
          <FormattedMessage id="matrix.nobodyThere" />
          {[1, 2, 3, 4, 5].map((shade) => (
            <span key={shade} className={`${styles['swatch']} ${styles[`shade${String(shade)}`]}`} aria-hidden="true" />
          ))}
          <FormattedMessage id="matrix.upTo" values={{ first: 1, number: most }} />
        </p>
        {shown.length < laid.rows.length && (
          <Button
            onPress={() => {
              setWhole(true);
            }}
          >
            <FormattedMessage id="matrix.allRows" values={{ number: laid.rows.length }} />
          </Button>
        )}
      </footer>
    </div>
  );
}
