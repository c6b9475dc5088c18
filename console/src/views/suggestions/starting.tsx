import { useState } from 'react';
import type { JointCampaign } from '@concord/client-sdk';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { DateRangeField, type Days } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { useViewer } from '../../hub/viewer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './suggestions.module.css';
import type { Suggestion } from './suggestion.ts';
import { useSaying } from './use-saying.ts';

interface Props {
  readonly suggestion: Suggestion;
  readonly onClose: () => void;
  readonly onStarted: (joint: JointCampaign) => void;
}

/** Makes a joint campaign of what was agreed: how it is called, when all speak, and who else is asked. */
export default function Starting({ suggestion, onClose, onStarted }: Props) {
  const { formatMessage } = useIntl();
  const viewer = useViewer();
  const place = usePlaceName();
  const { title } = useSaying()(suggestion);
  const { start: first, end: last } = suggestion.window ?? { start: '', end: null };
  const window: Days | null = last === null ? null : { start: first, end: last };
  const { draft, change, discard } = useDraft<{ name: string; window: Days | null; invited: readonly string[] }>(
    `start-${suggestion.id}`,
    { name: title, window, invited: [] },
  );
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const others = suggestion.participants.filter(
    (seat) => seat.disclosure !== 'REVEALED' && seat.actor?.id !== viewer.actor?.id,
  );
  const start = (): void => {
    setPending(true);
    hub.jointCampaigns
      .start({
        suggestion: suggestion.id,
        expectedVersion: suggestion.version,
        name: draft.name.trim(),
        ...(draft.window && { window: draft.window }),
        ...(draft.invited.length > 0 && { alsoInvite: draft.invited.map(Number) }),
      })
      .then((joint) => {
        discard();
        onStarted(joint);
      }, setError)
      .finally(() => {
        setPending(false);
      });
  };
  return (
    <Dialog title={formatMessage({ id: 'suggestions.startTitle' })} isOpen onClose={onClose}>
      <TextField
        label={formatMessage({ id: 'suggestions.startName' })}
        hint={formatMessage({ id: 'suggestions.startNameHint' })}
        value={draft.name}
        onChange={(name) => {
          change({ name });
        }}
        isRequired
      />
      <DateRangeField
        label={formatMessage({ id: 'suggestions.startWindow' })}
        value={draft.window}
        onChange={(days) => {
          change({ window: days });
        }}
      />
      {others.length > 0 && (
        <CheckboxGroup
          value={[...draft.invited]}
          onChange={(invited) => {
            change({ invited });
          }}
          className={styles['choices']}
        >
          <Label>
            <FormattedMessage id="suggestions.alsoInvite" />
          </Label>
          {others.map(({ position, actor, place: { code }, subject }) => (
            <Checkbox key={position} value={String(position)} className={styles['choice']}>
              <span aria-hidden="true" className={styles['tick']} />
              {`${place(code)} · ${actor?.name ?? formatMessage({ id: 'suggestions.somebody' }, { count: 1 })}`}
              {subject && ` · ${subject.name}`}
            </Checkbox>
          ))}
        </CheckboxGroup>
      )}
      <p className={styles['hint']}>
        <FormattedMessage id="suggestions.startHint" />
      </p>
      {error !== null && <FailedState error={error} onAgain={start} />}
      <div className={styles['actions']}>
        <Button kind="main" onPress={start} isPending={isPending} isDisabled={draft.name.trim() === ''}>
          <FormattedMessage id="suggestions.startNow" />
        </Button>
        <Button onPress={onClose}>
          <FormattedMessage id="suggestions.cancel" />
        </Button>
      </div>
    </Dialog>
  );
}
