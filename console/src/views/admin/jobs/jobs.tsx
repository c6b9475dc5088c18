import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import { say } from '../../../components/toast.tsx';
import { useAnswer } from '../../../hub/use-answer.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useViewer } from '../../../hub/viewer.ts';
import styles from '../admin.module.css';
import {
  discardJob,
  type FailedJob,
  type HubHealth,
  type QueueHealth,
  readFailedJobs,
  readHealth,
  retryJob,
} from './hub-jobs.ts';

/** How the hub stands, and what of its work a person has to see to. */
export function Jobs() {
  const { formatMessage } = useIntl();
  const [times, setTimes] = useState(0);
  const health = useAnswer(readHealth, [times]);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  return (
    <section className={styles['part']}>
      <header className={styles['heading']}>
        <h2>{label('part.jobs')}</h2>
        <Button
          onPress={() => {
            setTimes(times + 1);
          }}
        >
          {label('lookAgain')}
        </Button>
      </header>
      {health.kind === 'waiting' && <Skeleton lines={4} />}
      {health.kind === 'failed' && <FailedState error={health.error} onAgain={health.again} />}
      {health.kind === 'here' && health.value === null && <EmptyState>{label('noHealth')}</EmptyState>}
      {health.kind === 'here' && health.value !== null && <Health health={health.value} />}
      <Failed times={times} />
    </section>
  );
}

function Health({ health }: { readonly health: HubHealth }) {
  const { formatMessage, formatNumber, formatDate } = useIntl();
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const facts: readonly (readonly [string, string])[] = [
    ['workers', formatNumber(health.workers)],
    ['outbox', formatNumber(health.outboxPending)],
    ['outboxLag', formatNumber(health.outboxLagSeconds, { style: 'unit', unit: 'second', maximumFractionDigits: 1 })],
    [
      'database',
      formatNumber(health.databaseBytes / 1e6, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 }),
    ],
    ['auditUnsealed', formatNumber(health.auditUnsealed)],
    [
      'auditSealed',
      health.auditSealedAt === null
        ? '–'
        : formatDate(health.auditSealedAt, { dateStyle: 'medium', timeStyle: 'short' }),
    ],
  ];
  const columns: readonly Column<QueueHealth>[] = [
    { id: 'name', title: label('queue'), show: ({ name }) => name },
    ...(['waiting', 'active', 'delayed', 'failed'] as const).map((count): Column<QueueHealth> => ({
      id: count,
      title: label(`queue.${count}`),
      isNumeric: true,
      show: (queue) => formatNumber(queue[count]),
    })),
  ];
  return (
    <>
      <dl className={styles['facts']}>
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{label(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Table label={label('queues')} columns={columns} rows={health.queues} idOf={({ name }) => name} />
    </>
  );
}

/** @param times it was looked at: each asks anew */
function Failed({ times }: { readonly times: number }) {
  const { formatMessage, formatNumber, formatDate } = useIntl();
  const { scopes } = useViewer();
  // A scope of hubs that can be asked this; the client of an older one does not know it.
  const mayAct = (scopes as readonly string[]).includes('OPERATE');
  const [discarded, setDiscarded] = useState<FailedJob | null>(null);
  const answer = useAnswer(readFailedJobs, [times]);
  const retrying = useSend();
  const discarding = useSend();
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const columns: readonly Column<FailedJob>[] = [
    { id: 'queue', title: label('queue'), show: ({ queue }) => queue },
    { id: 'reason', title: label('whyFailed'), show: ({ reason }) => <bdi lang="en">{reason}</bdi> },
    { id: 'attempts', title: label('attempts'), isNumeric: true, show: ({ attempts }) => formatNumber(attempts) },
    {
      id: 'when',
      title: label('failedAt'),
      show: ({ failedAt }) => formatDate(failedAt, { dateStyle: 'medium', timeStyle: 'short' }),
    },
    {
      id: 'deeds',
      title: label('deeds'),
      show: (job) =>
        job.asked !== null ? (
          <Badge>{label(job.asked === 'RETRY' ? 'isRetried' : 'isDiscarded')}</Badge>
        ) : (
          mayAct && (
            <div className={styles['deeds']}>
              <Button
                isDisabled={retrying.isSending}
                onPress={() => {
                  retrying.send(
                    () => retryJob(job.id),
                    () => {
                      say(label('isRetried'));
                      answer.again();
                    },
                  );
                }}
              >
                {label('retry')}
              </Button>
              <Button
                kind="quiet"
                onPress={() => {
                  discarding.forget();
                  setDiscarded(job);
                }}
              >
                {label('discard')}
              </Button>
            </div>
          )
        ),
    },
  ];
  return (
    <section className={styles['part']}>
      <h3>{label('failedJobs')}</h3>
      {answer.kind === 'waiting' && <Skeleton lines={3} />}
      {answer.kind === 'failed' && <FailedState error={answer.error} onAgain={answer.again} />}
      {retrying.error !== null && <FailedState error={retrying.error} />}
      {answer.kind === 'here' && answer.value.jobs.length === 0 && <EmptyState>{label('noFailedJobs')}</EmptyState>}
      {answer.kind === 'here' && answer.value.jobs.length > 0 && (
        <>
          <p className={styles['lead']}>
            {formatMessage({ id: 'admin.ofFailed' }, { shown: answer.value.jobs.length, total: answer.value.total })}
          </p>
          <Table label={label('failedJobs')} columns={columns} rows={answer.value.jobs} idOf={({ id }) => id} />
        </>
      )}
      <Confirm
        title={label('discard')}
        action={label('discard')}
        isOpen={discarded !== null}
        isPending={discarding.isSending}
        error={discarding.error}
        onConfirm={() => {
          if (!discarded) return;
          discarding.send(
            () => discardJob(discarded.id),
            () => {
              setDiscarded(null);
              answer.again();
            },
          );
        }}
        onClose={() => {
          setDiscarded(null);
        }}
      >
        <p>{label('discardMeans')}</p>
      </Confirm>
    </section>
  );
}
