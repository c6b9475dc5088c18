import type { ViewerRole } from '@concord/client-sdk';
import { type SubmitEvent, useState } from 'react';
import { useIntl } from 'react-intl';
import { ActorField, type ChosenActor } from '../../../components/actor-field.tsx';
import { Button } from '../../../components/button.tsx';
import { DateField } from '../../../components/date-field.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { TextField } from '../../../components/field.tsx';
import { Select } from '../../../components/select.tsx';
import { FailedState } from '../../../components/states.tsx';
import { hub } from '../../../hub/hub.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useViewer } from '../../../hub/viewer.ts';
import styles from '../admin.module.css';
import { ROLES, ROLES_OF_COORDINATORS } from '../roles.ts';

interface Props {
  /** With the key's text, which the hub says this once. */
  readonly onIssued: (text: string) => void;
  readonly onClose: () => void;
}

export function IssueKey({ onIssued, onClose }: Props) {
  const { formatMessage } = useIntl();
  const viewer = useViewer();
  const isCoordinator = viewer.role === 'COORDINATOR';
  const [purpose, setPurpose] = useState('');
  const [role, setRole] = useState<ViewerRole>('VIEWER');
  const [actor, setActor] = useState<ChosenActor | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const sending = useSend(['label', 'role', 'actor', 'expiresAt']);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.send(
      () =>
        hub.apiKeys.issue({
          label: purpose.trim(),
          role,
          ...(actor && { actor: actor.id }),
          // To the end of the day that was said.
          ...(until !== null && { expiresAt: `${until}T23:59:59.000Z` }),
        }),
      ({ text }) => {
        onIssued(text);
      },
    );
  };
  return (
    <Dialog title={label('issueKey')} isOpen onClose={onClose}>
      <form onSubmit={submit} className={styles['form']} noValidate>
        <TextField
          label={label('keyLabel')}
          hint={label('keyLabelHint')}
          isRequired
          value={purpose}
          onChange={setPurpose}
          problem={sending.problemOf('label')}
        />
        <Select
          label={label('role')}
          choices={(isCoordinator ? ROLES_OF_COORDINATORS : ROLES).map((id) => ({
            id,
            label: formatMessage({ id: 'shell.role' }, { role: id }),
          }))}
          value={role}
          onChange={setRole}
        />
        {isCoordinator && (
          <ActorField label={label('actsFor')} value={actor} onChange={setActor} problem={sending.problemOf('actor')} />
        )}
        <DateField
          label={label('expiresOn')}
          value={until}
          onChange={setUntil}
          problem={sending.problemOf('expiresAt')}
        />
        {sending.error !== null && <FailedState error={sending.error} />}
        <Button kind="main" type="submit" isDisabled={sending.isSending || purpose.trim() === ''}>
          {label('issueKey')}
        </Button>
      </form>
    </Dialog>
  );
}
