import type { JointCampaign, JointCampaignStatus } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Badge } from '../../components/badge.tsx';
import { Bar } from '../../components/bar.tsx';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useBeat } from '../../hub/live.ts';
import { usePages } from '../../hub/use-pages.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import styles from './joint-campaigns.module.css';

const CHOICES = {
  current: ['PREPARING', 'ACTIVE'],
  over: ['COMPLETED', 'CANCELLED'],
} as const satisfies Record<string, readonly JointCampaignStatus[]>;

export const TONES = { PREPARING: 'warn', ACTIVE: 'good', COMPLETED: 'plain', CANCELLED: 'bad' } as const;

/** Those that the viewer takes part in or is invited to; the last changed first. */
export function List() {
  const { formatMessage } = useIntl();
  const [chosen, setChosen] = useState<keyof typeof CHOICES>('current');
  const list = usePages(() => hub.jointCampaigns.list({ filter: { statuses: CHOICES[chosen] } }), [chosen, useBeat()]);
  return (
    <div className={styles['page']}>
      <header className={styles['heading']}>
        <h1>
          <FormattedMessage id="joint-campaigns.heading" />
        </h1>
        <Select
          label={formatMessage({ id: 'joint-campaigns.which' })}
          isLabelHidden
          choices={(['current', 'over'] as const).map((id) => ({
            id,
            label: formatMessage({ id: `joint-campaigns.which.${id}` }),
          }))}
          value={chosen}
          onChange={setChosen}
        />
      </header>
      {list.kind === 'waiting' && <Skeleton lines={6} />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && list.value.nodes.length === 0 && (
        <EmptyState
          action={
            <Link href="~/suggestions">
              <FormattedMessage id="joint-campaigns.toSuggestions" />
            </Link>
          }
        >
          <FormattedMessage id="joint-campaigns.none" />
        </EmptyState>
      )}
      {list.kind === 'here' && (
        <ul className={styles['cards']}>
          {list.value.nodes.map((joint) => (
            <li key={joint.id}>
              <Card joint={joint} />
            </li>
          ))}
        </ul>
      )}
      {list.more && (
        <Button onPress={list.more} isPending={list.isTurning}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </div>
  );
}

function Card({ joint }: { readonly joint: JointCampaign }) {
  const { formatMessage } = useIntl();
  const days = useDayRange();
  const ready = joint.parts.filter(({ status }) => status === 'READY').length;
  const isInvited = joint.parts.some(({ mine, status }) => mine && status === 'INVITED');
  return (
    <article className={styles['panel']} aria-labelledby={joint.id}>
      <header>
        <h2 id={joint.id}>
          <Link href={`/${joint.id}`}>{joint.name}</Link>
        </h2>
        <Status status={joint.status} />
        {isInvited && (
          <Badge tone="warn">
            <FormattedMessage id="joint-campaigns.invited" />
          </Badge>
        )}
      </header>
      <p className={styles['quiet']}>
        <strong>{days(joint.window)}</strong> {joint.corridor?.name}
      </p>
      <Bar
        label={formatMessage({ id: 'joint-campaigns.ready' })}
        value={joint.parts.length === 0 ? 0 : ready / joint.parts.length}
        said={`${String(ready)} / ${String(joint.parts.length)}`}
      />
    </article>
  );
}

export function Status({ status }: Pick<JointCampaign, 'status'>) {
  return (
    <Badge tone={TONES[status]}>
      <FormattedMessage id={`joint-campaigns.status.${status}`} />
    </Badge>
  );
}
