import { type ReactNode, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useViewer } from '../../hub/viewer.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import { mayAnswer, standingAnswer } from '../suggestions/suggestion.ts';
import { useSaying } from '../suggestions/use-saying.ts';
import { Nothing, Panel } from './panel.tsx';
import type { Notice, Today } from './today.ts';
import styles from './today.module.css';

/** How many things wait for whoever looks; suggestions are counted by themselves. */
export function askingIn({ invited, notices, pending }: Today): number {
  return invited.totalCount + notices.totalCount + pending.totalCount;
}

/** Where the console shows what a notice is about. */
const SHOWN_AT: Readonly<Record<string, string>> = {
  Suggestion: 'suggestions',
  JointCampaign: 'joint-campaigns',
  Actor: 'registry',
};

/** What needs an answer: invitations first, then what was agreed, then what the hub noticed. */
export function Asking({ today, onChanged }: { readonly today: Today; readonly onChanged: () => void }) {
  const { formatMessage } = useIntl();
  const viewer = useViewer();
  const days = useDayRange();
  const saying = useSaying();
  const { invited, notices, pending, suggestions } = today;
  const unanswered = suggestions.nodes.find(
    (suggestion) =>
      suggestion.status === 'OPEN' && mayAnswer(suggestion, viewer) && standingAnswer(suggestion) === null,
  );
  const isQuiet = askingIn(today) === 0 && !unanswered;
  return (
    <Panel id="asking" title="today.asking">
      {isQuiet && <Nothing id="today.nothingAsks" />}
      <ul className={styles['rows']}>
        {invited.nodes.map(({ id, name, window }) => (
          <Row
            key={id}
            kind={formatMessage({ id: 'today.invitation' })}
            tone="warn"
            href={`~/joint-campaigns/${id}`}
            action="today.answer"
          >
            {name} <span className={styles['quiet']}>{days(window)}</span>
          </Row>
        ))}
        {pending.nodes.map(({ id, name }) => (
          <Row
            key={id}
            kind={formatMessage({ id: 'today.toVet' })}
            tone="warn"
            href={`~/registry/${id}`}
            action="today.look"
          >
            {name}
          </Row>
        ))}
        {unanswered && (
          <Row
            kind={formatMessage({ id: 'today.bestSuggestion' })}
            tone="warn"
            href={`~/suggestions/${unanswered.id}`}
            action="today.answer"
          >
            {saying(unanswered).title}
          </Row>
        )}
        {notices.nodes.map((notice) => (
          <Noticed key={notice.id} notice={notice} onRead={onChanged} />
        ))}
      </ul>
    </Panel>
  );
}

interface RowProps {
  readonly kind: string;
  readonly tone: 'warn' | 'bad' | 'plain';
  readonly href: string | null;
  readonly action: string;
  readonly children: ReactNode;
  readonly also?: ReactNode;
}

function Row({ kind, tone, href, action, children, also }: RowProps) {
  return (
    <li className={styles['row']}>
      <div>
        <Badge tone={tone}>{kind}</Badge>
        <p>{children}</p>
      </div>
      <div className={styles['actions']}>
        {href !== null && (
          <Link href={href} className={styles['go']}>
            <FormattedMessage id={action} />
          </Link>
        )}
        {also}
      </div>
    </li>
  );
}

/** Of messages that contradict each other: what is suggested about such. */
function placeOf({ kind, subject }: Notice): string | null {
  if (kind === 'CONTRADICTION') return '~/suggestions?kind=RESOLVE_CONTRADICTION';
  const view = SHOWN_AT[subject.__typename];
  return view === undefined ? null : `~/${view}/${subject.id}`;
}

function Noticed({ notice, onRead }: { readonly notice: Notice; readonly onRead: () => void }) {
  const { formatMessage } = useIntl();
  const { scopes } = useViewer();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const at = placeOf(notice);
  const read = (): void => {
    setPending(true);
    hub.notifications
      .markRead([notice.id])
      .then(onRead, setError)
      .finally(() => {
        setPending(false);
      });
  };
  return (
    <>
      <Row
        kind={formatMessage({ id: `today.notice.${notice.kind}` })}
        tone={notice.kind === 'CONTRADICTION' ? 'bad' : 'plain'}
        href={at}
        action="today.look"
        also={
          scopes.includes('WRITE') && (
            <Button kind="quiet" onPress={read} isPending={isPending}>
              <FormattedMessage id="today.markRead" />
            </Button>
          )
        }
      >
        <span lang="en" dir="ltr">
          {notice.sentence}
        </span>
      </Row>
      {error !== null && (
        <li>
          <FailedState error={error} onAgain={read} />
        </li>
      )}
    </>
  );
}
