import { useState } from 'react';
import type { DismissalCode, Suggestion as SuggestionRead } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDraft } from '../../hub/use-draft.ts';
import styles from './suggestions.module.css';
import type { Suggestion } from './suggestion.ts';

const CODES = [
  'ALREADY_DONE',
  'NOT_RELEVANT',
  'WRONG_DATES',
  'WRONG_PARTNERS',
  'OTHER',
] as const satisfies readonly DismissalCode[];
const NOTHING: { readonly reason: string; readonly code: DismissalCode } = { reason: '', code: 'NOT_RELEVANT' };

interface Props {
  readonly suggestion: Suggestion;
  readonly onClose: () => void;
  readonly onDismissed: (suggestion: SuggestionRead) => void;
}

/** Asks why: the reason is read by everybody, and what was begun outlives a reload. */
export default function Dismissing({ suggestion, onClose, onDismissed }: Props) {
  const { formatMessage } = useIntl();
  const { draft, change, discard } = useDraft(`dismiss-${suggestion.id}`, NOTHING);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const dismiss = (): void => {
    setPending(true);
    hub.suggestions
      .dismiss(suggestion, draft.reason.trim(), { code: draft.code })
      .then((changed) => {
        discard();
        onDismissed(changed);
      }, setError)
      .finally(() => {
        setPending(false);
      });
  };
  return (
    <Dialog title={formatMessage({ id: 'suggestions.dismissTitle' })} isOpen onClose={onClose}>
      <p>
        <FormattedMessage id="suggestions.dismissHint" />
      </p>
      <Select
        label={formatMessage({ id: 'suggestions.reasonCode' })}
        choices={CODES.map((id) => ({ id, label: formatMessage({ id: `suggestions.dismissal.${id}` }) }))}
        value={draft.code}
        onChange={(code) => {
          change({ code });
        }}
      />
      <TextField
        label={formatMessage({ id: 'suggestions.reasonText' })}
        value={draft.reason}
        onChange={(reason) => {
          change({ reason });
        }}
        maxLength={1000}
        isRequired
        isLong
      />
      {error !== null && <FailedState error={error} onAgain={dismiss} />}
      <div className={styles['actions']}>
        <Button kind="danger" onPress={dismiss} isPending={isPending} isDisabled={draft.reason.trim() === ''}>
          <FormattedMessage id="suggestions.dismissNow" />
        </Button>
        <Button onPress={onClose}>
          <FormattedMessage id="suggestions.cancel" />
        </Button>
      </div>
    </Dialog>
  );
}
