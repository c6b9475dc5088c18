import type { Actor } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link, useLocation } from 'wouter';
import { Button } from '../../../components/button.tsx';
import { Select } from '../../../components/select.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import { hub } from '../../../hub/hub.ts';
import { usePages } from '../../../hub/use-pages.ts';
import { usePlaceName } from '../../../language/use-place-name.ts';
import { useTerms } from '../../registry/use-terms.ts';
import { Vetting } from '../../registry/vetting.tsx';
import styles from '../admin.module.css';

const STANDINGS = ['PENDING', 'VERIFIED', 'SUSPENDED'] as const satisfies readonly Actor['vetting'][];

/** Who waits for a coordinator to vouch for it; and those of whom one was decided before. */
export function VettingQueue() {
  const { formatMessage } = useIntl();
  const [, go] = useLocation();
  const [vetting, setVetting] = useState<Actor['vetting']>('PENDING');
  const nameOf = usePlaceName();
  const kinds = useTerms('ACTOR_KIND');
  const list = usePages(() => hub.actors.list({ first: 25, filter: { vetting: [vetting] } }), [vetting]);
  const columns: readonly Column<Actor>[] = [
    {
      id: 'name',
      title: formatMessage({ id: 'registry.name' }),
      show: ({ id, name }) => <Link href={`/vetting/${id}`}>{name}</Link>,
    },
    {
      id: 'kind',
      title: formatMessage({ id: 'registry.kind' }),
      show: ({ kind }) => kinds.get(kind.code) ?? kind.code,
    },
    {
      id: 'basedIn',
      title: formatMessage({ id: 'registry.basedIn' }),
      show: ({ basedIn }) => basedIn.map(({ code }) => nameOf(code)).join(', ') || '–',
    },
    {
      id: 'vetting',
      title: formatMessage({ id: 'registry.vetting' }),
      show: (actor) => <Vetting vetting={actor.vetting} />,
    },
  ];
  return (
    <section className={styles['part']}>
      <h2>
        <FormattedMessage id="admin.part.vetting" />
      </h2>
      <div className={styles['filter']}>
        <Select
          label={formatMessage({ id: 'registry.vetting' })}
          choices={STANDINGS.map((id) => ({ id, label: formatMessage({ id: `registry.vetting.${id}` }) }))}
          value={vetting}
          onChange={setVetting}
        />
      </div>
      {list.kind === 'waiting' && <Skeleton />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && list.value.nodes.length === 0 && (
        <EmptyState>
          <FormattedMessage id={vetting === 'PENDING' ? 'admin.nobodyWaits' : 'registry.nobody'} />
        </EmptyState>
      )}
      {list.kind === 'here' && list.value.nodes.length > 0 && (
        <Table
          label={formatMessage({ id: 'admin.part.vetting' })}
          columns={columns}
          rows={list.value.nodes}
          idOf={({ id }) => id}
          onOpen={({ id }) => {
            go(`/vetting/${id}`);
          }}
        />
      )}
      {list.more && (
        <Button onPress={list.more} isPending={list.isTurning}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </section>
  );
}
