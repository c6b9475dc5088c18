import type { CalendarFeed } from '@concord/client-sdk';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Button } from '../../../components/button.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { SecretOnce } from '../../../components/secret-once.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import { say } from '../../../components/toast.tsx';
import { hub } from '../../../hub/hub.ts';
import { useAnswer } from '../../../hub/use-answer.ts';
import { useChoices } from '../../../hub/use-choices.ts';
import { useSend } from '../../../hub/use-send.ts';
import { usePlaceName } from '../../../language/use-place-name.ts';
import styles from '../admin.module.css';
import { IssueFeed } from './issue-feed.tsx';

/** Calendars that programs outside subscribe to. */
export function Feeds() {
  const { formatMessage, formatDate } = useIntl();
  const [isIssuing, setIssuing] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const [revoked, setRevoked] = useState<CalendarFeed | null>(null);
  const revoking = useSend();
  const nameOf = usePlaceName();
  const choices = useChoices();
  const answer = useAnswer((signal) => hub.feeds.list({ signal }), []);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const named = (list: 'corridors' | 'themes', code: string): string =>
    choices[list].find(({ id }) => id === code)?.label ?? code;
  const columns: readonly Column<CalendarFeed>[] = [
    { id: 'label', title: label('feedLabel'), show: (feed) => feed.label },
    {
      id: 'shows',
      title: label('shows'),
      show: ({ corridors, countries, themes, mine, observances }) =>
        [
          ...(mine ? [label('onlyOwn')] : []),
          ...corridors.map(({ code }) => named('corridors', code)),
          ...countries.map(({ code }) => nameOf(code)),
          ...themes.map(({ code }) => named('themes', code)),
          ...(observances ? [label('withObservances')] : []),
        ].join(', ') || label('everything'),
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
      show: (feed) => (
        <Button
          kind="quiet"
          aria-label={formatMessage({ id: 'admin.revokeNamed' }, { name: feed.label })}
          onPress={() => {
            revoking.forget();
            setRevoked(feed);
          }}
        >
          {label('revoke')}
        </Button>
      ),
    },
  ];
  return (
    <section className={styles['part']}>
      <header className={styles['heading']}>
        <h2>{label('part.feeds')}</h2>
        <Button
          kind="main"
          onPress={() => {
            setIssuing(true);
          }}
        >
          {label('issueFeed')}
        </Button>
      </header>
      <p className={styles['lead']}>{label('feedLead')}</p>
      {answer.kind === 'waiting' && <Skeleton lines={4} />}
      {answer.kind === 'failed' && <FailedState error={answer.error} onAgain={answer.again} />}
      {answer.kind === 'here' && answer.value.length === 0 && <EmptyState>{label('noFeeds')}</EmptyState>}
      {answer.kind === 'here' && answer.value.length > 0 && (
        <Table label={label('part.feeds')} columns={columns} rows={answer.value} idOf={({ id }) => id} />
      )}
      {isIssuing && (
        <IssueFeed
          onClose={() => {
            setIssuing(false);
          }}
          onIssued={(address) => {
            setIssuing(false);
            setUrl(address);
            answer.again();
          }}
        />
      )}
      <SecretOnce
        title={label('feedIssued')}
        secret={url}
        copy={label('copy')}
        onClose={() => {
          setUrl(null);
        }}
      >
        <p>{label('feedOnce')}</p>
      </SecretOnce>
      <Confirm
        title={formatMessage({ id: 'admin.revokeNamed' }, { name: revoked?.label ?? '' })}
        action={label('revoke')}
        isOpen={revoked !== null}
        isPending={revoking.isSending}
        error={revoking.error}
        onConfirm={() => {
          if (!revoked) return;
          revoking.send(
            () => hub.feeds.revoke(revoked.id),
            () => {
              setRevoked(null);
              say(label('feedRevoked'));
              answer.again();
            },
          );
        }}
        onClose={() => {
          setRevoked(null);
        }}
      >
        <p>{label('revokeFeedMeans')}</p>
      </Confirm>
    </section>
  );
}
