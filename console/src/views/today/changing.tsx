import { type SubmitEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { DateRangeField } from '../../components/date-field.tsx';
import { TextField } from '../../components/field.tsx';
import { FailedState } from '../../components/states.tsx';
import { say } from '../../components/toast.tsx';
import { hub } from '../../hub/hub.ts';
import { closedDays, type Draft, type Work } from './today.ts';
import styles from './today.module.css';

interface Props {
  readonly work: Work;
  readonly onChanged: () => void;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly discard: () => void;
}

/** The fields of what is changed in its place. */
export default function Changing({ work, draft, change, discard, onChanged }: Props) {
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
