import type { ViewerRole } from '@concord/client-sdk';
import type { SubmitEvent } from 'react';
import { useIntl } from 'react-intl';
import { ActorField, type ChosenActor } from '../../../components/actor-field.tsx';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { TextField } from '../../../components/field.tsx';
import { Select } from '../../../components/select.tsx';
import { FailedState } from '../../../components/states.tsx';
import { hub } from '../../../hub/hub.ts';
import { useDraft } from '../../../hub/use-draft.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useViewer } from '../../../hub/viewer.ts';
import styles from '../admin.module.css';
import { ROLES, ROLES_OF_COORDINATORS } from '../roles.ts';

interface Draft {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly role: ViewerRole;
  readonly actor: ChosenActor | null;
}

interface Props {
  /** The issuer of somebody who is let in already: most come by the same. */
  readonly issuer: string;
  readonly onLetIn: () => void;
  readonly onClose: () => void;
}

/** A person is who its issuer says it is: no name or address of anybody is kept but what those who let it in call it. */
export function LetIn({ issuer, onLetIn, onClose }: Props) {
  const { formatMessage } = useIntl();
  const isCoordinator = useViewer().role === 'COORDINATOR';
  const { draft, change, discard } = useDraft<Draft>('let-in', {
    name: '',
    issuer,
    subject: '',
    role: 'VIEWER',
    actor: null,
  });
  const sending = useSend(['label', 'issuer', 'subject', 'role', 'actor']);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.send(
      () =>
        hub.memberships.grant({
          label: draft.name.trim(),
          issuer: draft.issuer.trim(),
          subject: draft.subject.trim(),
          role: draft.role,
          ...(draft.actor && { actor: draft.actor.id }),
        }),
      () => {
        discard();
        onLetIn();
      },
    );
  };
  const isWhole = [draft.name, draft.issuer, draft.subject].every((text) => text.trim() !== '');
  return (
    <Dialog title={label('letIn')} isOpen onClose={onClose}>
      <form onSubmit={submit} className={styles['form']} noValidate>
        <TextField
          label={label('person')}
          hint={label('personHint')}
          isRequired
          value={draft.name}
          onChange={(name) => {
            change({ name });
          }}
          problem={sending.problemOf('label')}
        />
        <TextField
          label={label('issuer')}
          hint={label('issuerHint')}
          isRequired
          value={draft.issuer}
          onChange={(text) => {
            change({ issuer: text });
          }}
          problem={sending.problemOf('issuer')}
        />
        <TextField
          label={label('subject')}
          hint={label('subjectHint')}
          isRequired
          value={draft.subject}
          onChange={(subject) => {
            change({ subject });
          }}
          problem={sending.problemOf('subject')}
        />
        <Select
          label={label('role')}
          choices={(isCoordinator ? ROLES_OF_COORDINATORS : ROLES).map((id) => ({
            id,
            label: formatMessage({ id: 'shell.role' }, { role: id }),
          }))}
          value={draft.role}
          onChange={(role) => {
            change({ role });
          }}
        />
        {isCoordinator && (
          <ActorField
            label={label('actsFor')}
            value={draft.actor}
            onChange={(actor) => {
              change({ actor });
            }}
            problem={sending.problemOf('actor')}
          />
        )}
        {sending.error !== null && <FailedState error={sending.error} />}
        <Button kind="main" type="submit" isDisabled={sending.isSending || !isWhole}>
          {label('letIn')}
        </Button>
      </form>
    </Dialog>
  );
}
