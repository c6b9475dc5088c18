import type { ImportItem, ImportRun } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import styles from './import.module.css';
import { useItems } from './use-items.ts';

interface Said {
  readonly id: string;
  readonly remark: ImportItem['remarks'][number];
}

/** What is to be said of which cell: refused ones and what was not taken of others. The hub's own words, which are in English. */
export function Remarks({ run }: { readonly run: ImportRun }) {
  const { formatMessage, formatNumber } = useIntl();
  const items = useItems(run, { withRemarks: true });
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const columns: readonly Column<Said>[] = [
    {
      id: 'cell',
      title: label('cell'),
      show: ({ remark: { row, column } }) =>
        column === null
          ? formatMessage({ id: 'registry.inRow' }, { row: formatNumber(row) })
          : formatMessage({ id: 'registry.inCell' }, { row: formatNumber(row), column }),
    },
    {
      id: 'severity',
      title: label('severity'),
      show: ({ remark: { severity } }) => (
        <Badge tone={severity === 'ERROR' ? 'bad' : 'warn'}>
          {label(severity === 'ERROR' ? 'rowRefused' : 'rowTaken')}
        </Badge>
      ),
    },
    {
      id: 'value',
      title: label('value'),
      show: ({ remark: { value } }) =>
        value === null ? (
          '–'
        ) : (
          <q>
            <bdi>{value}</bdi>
          </q>
        ),
    },
    { id: 'reason', title: label('reason'), show: ({ remark: { reason } }) => <bdi lang="en">{reason}</bdi> },
    {
      id: 'help',
      title: label('helps'),
      show: ({ remark: { suggestion } }) => (suggestion === null ? '–' : <bdi lang="en">{suggestion}</bdi>),
    },
  ];
  if (items.kind === 'waiting') return <Skeleton lines={4} />;
  if (items.kind === 'failed') return <FailedState error={items.error} onAgain={items.again} />;
  const said = items.value.flatMap(({ id, remarks }) =>
    remarks.map((remark, at): Said => ({ id: `${id} ${String(at)}`, remark })),
  );
  return (
    <section className={styles['part']}>
      <h2>{label('remarks')}</h2>
      {said.length === 0 ? (
        <p className={styles['lead']}>{label('noRemarks')}</p>
      ) : (
        <Table label={label('remarks')} columns={columns} rows={said} idOf={({ id }) => id} />
      )}
      {items.more && (
        <Button onPress={items.more}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </section>
  );
}
