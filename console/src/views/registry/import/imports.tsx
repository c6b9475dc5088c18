import type { ImportRun } from '@concord/client-sdk';
import { useState } from 'react';
import { DropZone, FileTrigger, Text } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link, useLocation } from 'wouter';
import { Button } from '../../../components/button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import { hub } from '../../../hub/hub.ts';
import { usePages } from '../../../hub/use-pages.ts';
import { useSend } from '../../../hub/use-send.ts';
import styles from './import.module.css';
import { RunState } from './run-state.tsx';

/** The hub's own limit; said before a slow line carries it all. */
const LARGEST_BYTES = 10_000_000;

/** Sends a sheet, and shows those that were sent. */
export function Imports() {
  const { formatMessage, formatDate, formatNumber } = useIntl();
  const [, go] = useLocation();
  const [isTooLarge, setTooLarge] = useState(false);
  const sending = useSend();
  const list = usePages(() => hub.imports.list({ first: 20 }), []);
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const send = (file: File | undefined): void => {
    if (!file) return;
    setTooLarge(file.size > LARGEST_BYTES);
    if (file.size > LARGEST_BYTES) return;
    sending.send(
      () => hub.imports.start({ name: file.name, content: file }),
      ({ id }) => {
        go(`/import/${id}`);
      },
    );
  };
  const columns: readonly Column<ImportRun>[] = [
    { id: 'file', title: label('file'), show: ({ id, fileName }) => <Link href={`/import/${id}`}>{fileName}</Link> },
    { id: 'state', title: label('state'), show: ({ state }) => <RunState state={state} /> },
    {
      id: 'rows',
      title: label('rows'),
      isNumeric: true,
      show: ({ counts }) => (counts ? formatNumber(counts.rows) : '–'),
    },
    {
      id: 'sent',
      title: label('sent'),
      isNumeric: true,
      show: ({ createdAt }) => formatDate(createdAt, { dateStyle: 'medium', timeStyle: 'short' }),
    },
  ];
  return (
    <div className={styles['page']}>
      <header className={styles['heading']}>
        <Link href="/">{label('back')}</Link>
        <h1>{label('imports')}</h1>
        <p className={styles['lead']}>{label('importLead')}</p>
      </header>
      <DropZone
        className={styles['drop']}
        getDropOperation={() => 'copy'}
        onDrop={({ items }) => {
          const item = items.find(({ kind }) => kind === 'file');
          if (item?.kind === 'file') void item.getFile().then(send);
        }}
      >
        <Text slot="label">{label('dropHere')}</Text>
        <FileTrigger
          acceptedFileTypes={['.csv', '.tsv', '.xlsx', '.json', '.geojson', '.xml', '.ics']}
          onSelect={(files) => {
            send(files?.[0]);
          }}
        >
          <Button kind="main" isDisabled={sending.isSending}>
            {label('chooseFile')}
          </Button>
        </FileTrigger>
      </DropZone>
      {isTooLarge && (
        <p role="alert" className={styles['bad']}>
          {label('tooLarge')}
        </p>
      )}
      {sending.error !== null && <FailedState error={sending.error} />}
      <section className={styles['part']}>
        <h2>{label('sentBefore')}</h2>
        {list.kind === 'waiting' && <Skeleton lines={4} />}
        {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
        {list.kind === 'here' && list.value.nodes.length === 0 && <EmptyState>{label('noImports')}</EmptyState>}
        {list.kind === 'here' && list.value.nodes.length > 0 && (
          <Table
            label={label('sentBefore')}
            columns={columns}
            rows={list.value.nodes}
            idOf={({ id }) => id}
            onOpen={({ id }) => {
              go(`/import/${id}`);
            }}
          />
        )}
        {list.more && (
          <Button onPress={list.more} isPending={list.isTurning}>
            <FormattedMessage id="shell.more" />
          </Button>
        )}
      </section>
    </div>
  );
}
