import type { JointTask } from '@concord/client-sdk';
import { parseDate } from '@internationalized/date';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useViewer } from '../../hub/viewer.ts';
import { AddingTask } from './adding-task.tsx';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

/** What the viewer's own parts have to do, the first due first. */
export function Tasks({ inside, onChanged }: InsideProps) {
  const { formatDate } = useIntl();
  const { scopes } = useViewer();
  const { joint, tasks, isLiving } = inside;
  const { isPending, error, run } = useDeed(onChanged);
  const own = new Set(joint.parts.filter(({ mine }) => mine).map(({ id }) => id));
  const mine = tasks
    .filter(({ part }) => part && own.has(part.id))
    .toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
  const settle = (task: JointTask): void => {
    const state = task.status === 'OPEN' ? 'DONE' : 'OPEN';
    run(() => hub.jointCampaigns.tasks.settle(task, state), `joint-campaigns.task.${state}`);
  };
  return (
    <section className={styles['panel']} aria-labelledby="tasks">
      <h2 id="tasks">
        <FormattedMessage id="joint-campaigns.tasks" />
      </h2>
      {mine.length === 0 && (
        <p className={styles['quiet']}>
          <FormattedMessage id="joint-campaigns.noTasks" />
        </p>
      )}
      <ul className={styles['lines']}>
        {mine.map((task) => (
          <li key={task.id}>
            <span>
              <strong>
                {formatDate(parseDate(task.dueOn).toDate('UTC'), { day: 'numeric', month: 'short', timeZone: 'UTC' })}
              </strong>{' '}
              <span lang="en" dir="ltr">
                {task.title}
              </span>{' '}
              {task.status !== 'OPEN' && (
                <Badge tone={task.status === 'DONE' ? 'good' : 'plain'}>
                  <FormattedMessage id={`joint-campaigns.taskIs.${task.status}`} />
                </Badge>
              )}
              {task.status === 'OPEN' && task.required && (
                <Badge tone="warn">
                  <FormattedMessage id="joint-campaigns.required" />
                </Badge>
              )}
            </span>
            {isLiving && scopes.includes('WRITE') && (
              <Button
                kind="quiet"
                isPending={isPending}
                onPress={() => {
                  settle(task);
                }}
              >
                <FormattedMessage id={task.status === 'OPEN' ? 'joint-campaigns.markDone' : 'joint-campaigns.reopen'} />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isLiving && scopes.includes('WRITE') && <AddingTask inside={inside} onChanged={onChanged} />}
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </section>
  );
}
