import type { ImportItem, ImportOutcome, ImportRun } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { Select } from '../../../components/select.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import styles from './import.module.css';
import { useItems } from './use-items.ts';

const OUTCOMES: readonly ImportOutcome[] = ['CREATED', 'CHANGED', 'UNCHANGED', 'REFUSED'];
const TONES = { CREATED: 'good', CHANGED: 'good', UNCHANGED: 'plain', REFUSED: 'bad' } as const;

/** What becomes of each thing that the file says. */
export function Records({ run }: { readonly run: ImportRun }) {
  const { formatMessage, formatList } = useIntl();
  const [outcome, setOutcome] = useState<ImportOutcome | ''>('');
  const items = useItems(run, outcome === '' ? {} : { outcomes: [outcome] });
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const outcomeOf = (one: ImportOutcome): string => formatMessage({ id: 'registry.outcome' }, { outcome: one });
  const columns: readonly Column<ImportItem>[] = [
    { id: 'name', title: label('name'), show: ({ name, record }) => name ?? record?.name ?? '–' },
    {
      id: 'outcome',
      title: label('becomes'),
      show: (item) => <Badge tone={TONES[item.outcome]}>{outcomeOf(item.outcome)}</Badge>,
    },
    { id: 'rows', title: label('rows'), show: ({ rows }) => formatList(rows.map(String), { type: 'unit' }) },
    {
      id: 'changed',
      title: label('changedFields'),
      show: ({ changedFields, undone, undoneBecause }) =>
        undone === null
          ? changedFields.join(', ') || '–'
          : [formatMessage({ id: 'registry.undone' }, { undone }), undoneBecause].filter(Boolean).join(': '),
    },
  ];
  return (
    <section className={styles['part']}>
      <h2>{label('becomesOf')}</h2>
      <div className={styles['filter']}>
        <Select
          label={label('becomes')}
          choices={[{ id: '', label: label('everything') }, ...OUTCOMES.map((id) => ({ id, label: outcomeOf(id) }))]}
          value={outcome}
          onChange={setOutcome}
        />
      </div>
      {items.kind === 'waiting' && <Skeleton lines={4} />}
      {items.kind === 'failed' && <FailedState error={items.error} onAgain={items.again} />}
      {items.kind === 'here' && items.value.length === 0 && <EmptyState>{label('nothingLikeThat')}</EmptyState>}
      {items.kind === 'here' && items.value.length > 0 && (
        <Table label={label('becomesOf')} columns={columns} rows={items.value} idOf={({ id }) => id} />
      )}
      {items.more && (
        <Button onPress={items.more}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </section>
  );
}
