import { useIntl } from 'react-intl';
import { Link } from 'wouter';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import { useAnswer } from '../../../hub/use-answer.ts';
import styles from '../admin.module.css';
import { type Decided, readDecisions } from './read-decisions.ts';

/** What the hub tells coordinators of its audit: who was vouched for, suspended and united, and on what grounds. */
export function Audit() {
  const { formatMessage, formatDate } = useIntl();
  const answer = useAnswer(readDecisions, []);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const columns: readonly Column<Decided>[] = [
    {
      id: 'at',
      title: label('when'),
      show: ({ at }) => formatDate(at, { dateStyle: 'medium', timeStyle: 'short' }),
    },
    {
      id: 'what',
      title: label('what'),
      show: ({ what }) => formatMessage({ id: 'admin.decision' }, { decision: what }),
    },
    {
      id: 'actor',
      title: label('about'),
      show: ({ actor }) => <Link href={`/vetting/${actor.id}`}>{actor.name}</Link>,
    },
    { id: 'evidence', title: label('evidence'), show: ({ evidence }) => evidence ?? '–' },
  ];
  return (
    <section className={styles['part']}>
      <h2>{label('part.audit')}</h2>
      <p className={styles['lead']}>{label('auditLead')}</p>
      {answer.kind === 'waiting' && <Skeleton />}
      {answer.kind === 'failed' && <FailedState error={answer.error} onAgain={answer.again} />}
      {answer.kind === 'here' && answer.value.length === 0 && <EmptyState>{label('noDecisionsYet')}</EmptyState>}
      {answer.kind === 'here' && answer.value.length > 0 && (
        <Table label={label('part.audit')} columns={columns} rows={answer.value} idOf={({ id }) => id} />
      )}
    </section>
  );
}
