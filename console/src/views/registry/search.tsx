import type { Actor } from '@concord/client-sdk';
import { useDeferredValue, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link, useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { SearchField } from '../../components/field.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { type Column, type Sort, Table } from '../../components/table.tsx';
import { hub } from '../../hub/hub.ts';
import { usePages } from '../../hub/use-pages.ts';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
import { useViewer } from '../../hub/viewer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import { mayRegister, mayUnite } from './may.ts';
import styles from './registry.module.css';
import { Vetting } from './vetting.tsx';

const AT_ONCE = 25;

/** By name and kind; the hub searches, in every language a name was given in. */
export function Search() {
  const { formatMessage, formatNumber } = useIntl();
  const [, go] = useLocation();
  const [text, setText] = useState('');
  const [kind, setKind] = useState('');
  const [sort, setSort] = useState<Sort>({ column: 'name', isDescending: false });
  const asked = useDeferredValue(text.trim());
  const nameOf = usePlaceName();
  const { actorKinds, word } = useVocabulary();
  const list = usePages(
    () =>
      hub.actors.list({
        first: AT_ONCE,
        filter: { ...(asked !== '' && { search: asked }), ...(kind !== '' && { kinds: [kind] }) },
        orderBy: { field: 'NAME', direction: sort.isDescending ? 'DESC' : 'ASC' },
      }),
    [asked, kind, sort],
  );
  const columns: readonly Column<Actor>[] = [
    {
      id: 'name',
      title: formatMessage({ id: 'registry.name' }),
      isSortable: true,
      show: ({ id, name }) => <Link href={`/${id}`}>{name}</Link>,
    },
    {
      id: 'kind',
      title: formatMessage({ id: 'registry.kind' }),
      show: (actor) => word('actorKinds', actor.kind.code),
    },
    {
      id: 'basedIn',
      title: formatMessage({ id: 'registry.basedIn' }),
      show: ({ basedIn }) => basedIn.map(({ code }) => nameOf(code)).join(', '),
    },
    {
      id: 'vetting',
      title: formatMessage({ id: 'registry.vetting' }),
      show: ({ vetting }) => <Vetting vetting={vetting} />,
    },
  ];
  return (
    <div className={styles['search']}>
      <header className={styles['heading']}>
        <h1>
          <FormattedMessage id="registry.title" />
        </h1>
        {list.kind === 'here' && list.value.total !== null && (
          <p role="status">
            <FormattedMessage id="registry.found" values={{ count: list.value.total }} />
          </p>
        )}
      </header>
      <Deeds />
      <div role="search" className={styles['filters']}>
        <SearchField label={formatMessage({ id: 'registry.search' })} value={text} onChange={setText} />
        <Select
          label={formatMessage({ id: 'registry.kind' })}
          choices={[{ id: '', label: formatMessage({ id: 'registry.everyKind' }) }, ...actorKinds]}
          value={kind}
          onChange={setKind}
        />
      </div>
      {list.kind === 'waiting' && <Skeleton lines={10} />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && list.value.nodes.length === 0 && (
        <EmptyState>
          <FormattedMessage id={asked === '' && kind === '' ? 'registry.nobody' : 'registry.nobodyLikeThat'} />
        </EmptyState>
      )}
      {list.kind === 'here' && list.value.nodes.length > 0 && (
        <>
          <Table
            label={formatMessage({ id: 'registry.title' })}
            columns={columns}
            rows={list.value.nodes}
            idOf={({ id }) => id}
            sort={sort}
            onSort={setSort}
            onOpen={({ id }) => {
              go(`/${id}`);
            }}
          />
          {list.more && (
            <Button onPress={list.more} isPending={list.isTurning}>
              <FormattedMessage
                id="registry.more"
                values={{ shown: formatNumber(list.value.nodes.length), total: formatNumber(list.value.total ?? 0) }}
              />
            </Button>
          )}
        </>
      )}
    </div>
  );
}

/** What one may do here beside looking. */
function Deeds() {
  const viewer = useViewer();
  if (!mayRegister(viewer)) return null;
  return (
    <div className={styles['deeds']}>
      <LinkButton kind="main" href="/register">
        <FormattedMessage id="registry.registerProgramme" />
      </LinkButton>
      <LinkButton href="/import">
        <FormattedMessage id="registry.imports" />
      </LinkButton>
      <LinkButton href="/names">
        <FormattedMessage id={mayUnite(viewer) ? 'registry.doubles' : 'registry.names'} />
      </LinkButton>
    </div>
  );
}
