import type { ImportRun } from '@concord/client-sdk';
import { useIntl } from 'react-intl';
import { ChooseMany } from '../../../components/choose-many.tsx';
import styles from './columns.module.css';
import { type ColumnFields, SHEET_FIELDS } from './sheet-mapping.ts';
import { useItems } from './use-items.ts';

/** Remarks that are shown of a column; all are in the list of remarks. */
const AT_MOST = 3;

interface Props {
  readonly run: ImportRun;
  readonly columns: ColumnFields;
  readonly onChange: (column: string, fields: readonly string[]) => void;
}

/** What each column of the file is taken to say, to be chosen otherwise, and what is wrong in its cells. */
export function Columns({ run, columns, onChange }: Props) {
  const { formatMessage, formatNumber } = useIntl();
  const items = useItems(run, { withRemarks: true });
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const remarks = items.kind === 'here' ? items.value.flatMap((item) => item.remarks) : [];
  const fields = SHEET_FIELDS.map((id) => ({ id, label: label(`sheetField.${id}`) }));
  return (
    <table className={styles['columns']}>
      <thead>
        <tr>
          <th scope="col">{label('column')}</th>
          <th scope="col">{label('columnSays')}</th>
          <th scope="col">{label('reason')}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(columns).map(([column, chosen]) => {
          const there = remarks.filter((remark) => remark.column === column);
          return (
            <tr key={column}>
              <th scope="row">
                <bdi>{column}</bdi>
              </th>
              <td>
                <ChooseMany
                  label={formatMessage({ id: 'registry.columnSaysOf' }, { column })}
                  isLabelHidden
                  choices={fields}
                  value={chosen}
                  onChange={(said) => {
                    onChange(column, said);
                  }}
                />
              </td>
              <td>
                {there.length === 0 ? (
                  '–'
                ) : (
                  <ul>
                    {there.slice(0, AT_MOST).map(({ row, value, reason }, at) => (
                      <li key={at}>
                        {formatMessage({ id: 'registry.inRow' }, { row: formatNumber(row) })}
                        {': '}
                        {value !== null && (
                          <q>
                            <bdi>{value}</bdi>
                          </q>
                        )}{' '}
                        <bdi lang="en">{reason}</bdi>
                      </li>
                    ))}
                    {there.length > AT_MOST && (
                      <li>{formatMessage({ id: 'registry.moreRemarks' }, { count: there.length - AT_MOST })}</li>
                    )}
                  </ul>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
