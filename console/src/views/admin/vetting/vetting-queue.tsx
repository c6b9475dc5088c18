import type { Actor } from '@concord/client-sdk';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link, useLocation } from 'wouter';
import { Select } from '../../../components/select.tsx';
import type { Column } from '../../../components/table.tsx';
import { hub } from '../../../hub/hub.ts';
import { usePages } from '../../../hub/use-pages.ts';
import { useVocabulary } from '../../../hub/use-vocabulary.ts';
import { usePlaceName } from '../../../language/use-place-name.ts';
import { Vetting } from '../../registry/vetting.tsx';
import { ListPart } from '../list-part.tsx';

const STANDINGS = ['PENDING', 'VERIFIED', 'SUSPENDED'] as const satisfies readonly Actor['vetting'][];

/** Who waits for a coordinator to vouch for it; and those of whom one was decided before. */
export function VettingQueue() {
  const { formatMessage } = useIntl();
  const [, go] = useLocation();
  const [vetting, setVetting] = useState<Actor['vetting']>('PENDING');
  const nameOf = usePlaceName();
  const { word } = useVocabulary();
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
      show: ({ kind }) => word('actorKinds', kind.code),
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
    <ListPart
      title={formatMessage({ id: 'admin.part.vetting' })}
      filter={
        <Select
          label={formatMessage({ id: 'registry.vetting' })}
          choices={STANDINGS.map((id) => ({ id, label: formatMessage({ id: `registry.vetting.${id}` }) }))}
          value={vetting}
          onChange={setVetting}
        />
      }
      list={list}
      columns={columns}
      onOpen={({ id }) => {
        go(`/vetting/${id}`);
      }}
      none={formatMessage({ id: vetting === 'PENDING' ? 'admin.nobodyWaits' : 'registry.nobody' })}
    />
  );
}
