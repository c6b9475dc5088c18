import type { Membership } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import { say } from '../../../components/toast.tsx';
import { hub } from '../../../hub/hub.ts';
import { usePages } from '../../../hub/use-pages.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useViewer } from '../../../hub/viewer.ts';
import styles from '../admin.module.css';
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
  const [asked, setAsked] = useState<{ readonly deed: Deed; readonly of: Membership } | null>(null);
  const sending = useSend();
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
          {deeds(membership).map((deed) => (
            <Button
              key={deed}
              kind="quiet"
              aria-label={formatMessage({ id: `admin.${deed}Named` }, { name: membership.label })}
              onPress={() => {
                sending.forget();
                setAsked({ deed, of: membership });
              }}
            >
              {label(`${deed}Person`)}
            </Button>
          ))}
        </span>
      ),
    },
  ];
  return (
    <section className={styles['part']}>
      <header className={styles['heading']}>
        <h2>{label('part.people')}</h2>
        <Button
          kind="main"
          onPress={() => {
            setLettingIn(true);
          }}
        >
          {label('letIn')}
        </Button>
      </header>
      <p className={styles['lead']}>{label('peopleLead')}</p>
      {list.kind === 'waiting' && <Skeleton />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && list.value.nodes.length === 0 && <EmptyState>{label('noPeople')}</EmptyState>}
      {list.kind === 'here' && list.value.nodes.length > 0 && (
        <Table label={label('part.people')} columns={columns} rows={list.value.nodes} idOf={({ id }) => id} />
      )}
      {list.more && (
        <Button onPress={list.more} isPending={list.isTurning}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
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
      <Confirm
        title={formatMessage({ id: `admin.${asked?.deed ?? 'end'}Named` }, { name: asked?.of.label ?? '' })}
        action={label(`${asked?.deed ?? 'end'}Person`)}
        isOpen={asked !== null}
        isPending={sending.isSending}
        error={sending.error}
        onConfirm={() => {
          if (!asked) return;
          const { deed, of } = asked;
          sending.send(
            () => CALLS[deed](of),
            () => {
              setAsked(null);
              say(label(`${deed}Done`));
              list.again();
            },
          );
        }}
        onClose={() => {
          setAsked(null);
        }}
      >
        <p>{label(MEANS[asked?.deed ?? 'end'])}</p>
      </Confirm>
    </section>
  );
}
