import type { Membership } from '@concord/client-sdk';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import type { Column } from '../../../components/table.tsx';
import { say } from '../../../components/toast.tsx';
import { hub } from '../../../hub/hub.ts';
import { usePages } from '../../../hub/use-pages.ts';
import { useViewer } from '../../../hub/viewer.ts';
import styles from '../admin.module.css';
import { type AskedDeed, ConfirmDeed } from '../confirm-deed.tsx';
import { ListPart } from '../list-part.tsx';
import { LetIn } from './let-in.tsx';

type Deed = 'end' | 'suspend' | 'reinstate';
const CALLS = {
  end: ({ id }: Membership) => hub.memberships.revoke(id),
  suspend: ({ id }: Membership) => hub.memberships.suspend(id),
  reinstate: ({ id }: Membership) => hub.memberships.reinstate(id),
} as const;
/** What follows, in words. */
const MEANS = { end: 'endMeans', suspend: 'keepOutMeans', reinstate: 'reinstateMeans' } as const;

/** Who is let in by name: for an editor the people of its organisation, for a coordinator all. */
export function People() {
  const { formatMessage, formatDate } = useIntl();
  const { scopes } = useViewer();
  const [isLettingIn, setLettingIn] = useState(false);
  const [asked, setAsked] = useState<AskedDeed | null>(null);
  const list = usePages(() => hub.memberships.list({ first: 25 }), []);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const stateOf = ({ revokedAt, suspendedAt }: Membership) =>
    revokedAt !== null ? 'revoked' : suspendedAt !== null ? 'keptOut' : 'valid';
  const deeds = (membership: Membership): readonly Deed[] => [
    ...(membership.revokedAt === null ? (['end'] as const) : []),
    ...(scopes.includes('VET') ? ([membership.suspendedAt === null ? 'suspend' : 'reinstate'] as const) : []),
  ];
  const columns: readonly Column<Membership>[] = [
    { id: 'person', title: label('person'), show: (membership) => membership.label },
    { id: 'actor', title: label('actsFor'), show: ({ actor }) => actor?.name ?? '–' },
    { id: 'role', title: label('role'), show: ({ role }) => formatMessage({ id: 'shell.role' }, { role }) },
    {
      id: 'state',
      title: label('state'),
      show: (membership) => (
        <Badge tone={stateOf(membership) === 'valid' ? 'good' : 'plain'}>{label(stateOf(membership))}</Badge>
      ),
    },
    {
      id: 'subject',
      title: label('subject'),
      show: ({ subject, issuer }) => (
        <span dir="ltr" title={issuer}>
          {subject}
        </span>
      ),
    },
    {
      id: 'since',
      title: label('issuedOn'),
      isNumeric: true,
      show: ({ createdAt }) => formatDate(createdAt, { dateStyle: 'medium' }),
    },
    {
      id: 'deeds',
      title: label('deeds'),
      show: (membership) => (
        <span className={styles['deeds']}>
          {deeds(membership).map((deed) => {
            const title = formatMessage({ id: `admin.${deed}Named` }, { name: membership.label });
            return (
              <Button
                key={deed}
                kind="quiet"
                aria-label={title}
                onPress={() => {
                  setAsked({
                    title,
                    action: label(`${deed}Person`),
                    means: label(MEANS[deed]),
                    call: () => CALLS[deed](membership),
                    said: `admin.${deed}Done`,
                  });
                }}
              >
                {label(`${deed}Person`)}
              </Button>
            );
          })}
        </span>
      ),
    },
  ];
  return (
    <ListPart
      title={label('part.people')}
      lead={label('peopleLead')}
      adding={{
        label: label('letIn'),
        onPress: () => {
          setLettingIn(true);
        },
      }}
      list={list}
      columns={columns}
      none={label('noPeople')}
    >
      {isLettingIn && (
        <LetIn
          issuer={list.kind === 'here' ? (list.value.nodes.at(-1)?.issuer ?? '') : ''}
          onClose={() => {
            setLettingIn(false);
          }}
          onLetIn={() => {
            setLettingIn(false);
            say(label('isLetIn'));
            list.again();
          }}
        />
      )}
      {asked && (
        <ConfirmDeed
          deed={asked}
          onDone={list.again}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </ListPart>
  );
}
