import { lazy, Suspense } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { useDraft } from '../../hub/use-draft.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import { Skeleton } from '../../components/states.tsx';
import { closedDays, type Draft, type Work } from './today.ts';
import styles from './today.module.css';

/** With its fields of days, which weigh as much as the rest of the page: fetched when somebody changes something. */
const Changing = lazy(() => import('./changing.tsx'));

interface Props {
  readonly work: Work;
  readonly mayChange: boolean;
  readonly isOfHub: boolean;
  readonly onChanged: () => void;
}

/** One programme or campaign: read, or changed in its place. What was begun is there again after a reload. */
export function WorkRow({ work, mayChange, isOfHub, onChanged }: Props) {
  const { formatMessage } = useIntl();
  const days = useDayRange();
  const now: Draft = { name: work.name, days: closedDays(work) };
  const { draft, isBegun, change, discard } = useDraft<Draft>(`work-${work.id}`, now);
  if (isBegun && mayChange) {
    return (
      <Suspense fallback={<Skeleton lines={3} />}>
        <Changing work={work} draft={draft} change={change} discard={discard} onChanged={onChanged} />
      </Suspense>
    );
  }
  return (
    <div className={styles['workRow']}>
      <span className={styles['name']}>
        {work.name}
        {isOfHub && <span className={styles['owner']}>{work.owner.name}</span>}
      </span>
      <span className={styles['quiet']}>
        {work.footprint.days ? days(work.footprint.days) : <FormattedMessage id="today.undated" />}
      </span>
      <Badge tone={work.status === 'ACTIVE' ? 'good' : 'plain'}>
        <FormattedMessage id={`today.status.${work.status}`} />
      </Badge>
      {mayChange && (
        <Button
          kind="quiet"
          aria-label={formatMessage({ id: 'today.changeNamed' }, { name: work.name })}
          onPress={() => {
            change(now);
          }}
        >
          <FormattedMessage id="today.change" />
        </Button>
      )}
    </div>
  );
}
