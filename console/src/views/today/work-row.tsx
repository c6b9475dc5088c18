import { type SubmitEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { DateRangeField, type Days } from '../../components/date-field.tsx';
import { TextField } from '../../components/field.tsx';
import { FailedState } from '../../components/states.tsx';
import { say } from '../../components/toast.tsx';
import { hub } from '../../hub/hub.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import type { Work } from './today.ts';
import styles from './today.module.css';

interface Props {
  readonly work: Work;
  readonly mayChange: boolean;
  readonly isOfHub: boolean;
  readonly onChanged: () => void;
}

interface Draft {
  readonly name: string;
  readonly days: Days | null;
}

/** One programme or campaign: read, or changed in its place. What was begun is there again after a reload. */
export function WorkRow({ work, mayChange, isOfHub, onChanged }: Props) {
  const { formatMessage } = useIntl();
  const days = useDayRange();
  const now: Draft = { name: work.name, days: closedDays(work) };
  const { draft, isBegun, change, discard } = useDraft<Draft>(`work-${work.id}`, now);
  if (isBegun && mayChange) {
    return <Changing work={work} draft={draft} change={change} discard={discard} onChanged={onChanged} />;
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

interface ChangingProps extends Pick<Props, 'work' | 'onChanged'> {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly discard: () => void;
}

function Changing({ work, draft, change, discard, onChanged }: ChangingProps) {
  const { formatMessage } = useIntl();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isOpenEnded = work.footprint.days !== null && work.footprint.days.end === null;
  const save = (): void => {
    setPending(true);
    setError(null);
    saveWork(work, draft)
      .then(() => {
        discard();
        say(formatMessage({ id: 'today.saved' }, { name: draft.name }));
        onChanged();
      }, setError)
      .finally(() => {
        setPending(false);
      });
  };
  return (
    <form
      className={styles['changing']}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={formatMessage({ id: 'today.name' })}
        value={draft.name}
        onChange={(name) => {
          change({ name });
        }}
        isRequired
        autoFocus
      />
      {!isOpenEnded && (
        <DateRangeField
          label={formatMessage({ id: 'today.days' })}
          value={draft.days}
          onChange={(days) => {
            change({ days });
          }}
        />
      )}
      {error !== null && (
        <FailedState
          error={error}
          onAgain={() => {
            onChanged();
            save();
          }}
        />
      )}
      <div className={styles['actions']}>
        <Button kind="main" type="submit" isPending={isPending} isDisabled={draft.name.trim() === ''}>
          <FormattedMessage id="today.save" />
        </Button>
        <Button
          onPress={() => {
            discard();
            onChanged();
          }}
        >
          <FormattedMessage id="today.leave" />
        </Button>
      </div>
    </form>
  );
}

function closedDays({ footprint: { days } }: Work): Days | null {
  const { start, end } = days ?? { start: '', end: null };
  return end === null ? null : { start, end };
}

/** Only what was changed is sent, so that whatever else somebody changed meanwhile stays. */
async function saveWork(work: Work, draft: Draft): Promise<void> {
  const { id, version } = work;
  const before = closedDays(work);
  const name = draft.name.trim();
  const isNamedAnew = name !== work.name;
  const isMoved = draft.days !== null && (draft.days.start !== before?.start || draft.days.end !== before.end);
  if (work.__typename === 'Programme') {
    if (!isNamedAnew && !isMoved) return;
    await hub.programmes.revise({
      id,
      expectedVersion: version,
      ...(isNamedAnew && { name }),
      ...(isMoved && draft.days && { footprint: { days: draft.days } }),
    });
    return;
  }
  const named = isNamedAnew ? await hub.campaigns.revise({ id, expectedVersion: version, name }) : { version };
  if (isMoved) await hub.campaigns.reschedule({ id, expectedVersion: named.version, days: draft.days });
}
