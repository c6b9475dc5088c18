import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { type Column, Table } from '../../components/table.tsx';
import type { Answer } from '../../hub/use-answer.ts';
import type { Turned } from '../../hub/use-pages.ts';
import styles from './admin.module.css';

interface Props<T> {
  readonly title: string;
  readonly lead?: string;
  /** What adds to the list. */
  readonly adding?: { readonly label: string; readonly onPress: () => void };
  /** What narrows it down. */
  readonly filter?: ReactNode;
  /** All of it at once, or page by page. */
  readonly list: Answer<readonly T[] | Turned<T>> & {
    readonly again: () => void;
    readonly more?: (() => void) | null;
    readonly isTurning?: boolean;
  };
  readonly columns: readonly Column<T>[];
  readonly onOpen?: (row: T) => void;
  /** What is said where nothing is listed. */
  readonly none: string;
  /** Dialogs. */
  readonly children?: ReactNode;
}

/** The frame of a part of the administration that is a list: what it is for, what adds to it, and the list as far as it is here. */
export function ListPart<T extends { readonly id: string }>({
  title,
  lead,
  adding,
  filter,
  list,
  columns,
  onOpen,
  none,
  children,
}: Props<T>) {
  const rows = list.kind !== 'here' ? [] : 'nodes' in list.value ? list.value.nodes : list.value;
  return (
    <section className={styles['part']}>
      <header className={styles['heading']}>
        <h2>{title}</h2>
        {adding && (
          <Button kind="main" onPress={adding.onPress}>
            {adding.label}
          </Button>
        )}
      </header>
      {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
      {filter !== undefined && <div className={styles['filter']}>{filter}</div>}
      {list.kind === 'waiting' && <Skeleton />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && rows.length === 0 && <EmptyState>{none}</EmptyState>}
      {rows.length > 0 && <Table label={title} columns={columns} rows={rows} idOf={({ id }) => id} onOpen={onOpen} />}
      {list.more && (
        <Button onPress={list.more} isPending={list.isTurning}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
      {children}
    </section>
  );
}
