import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FailedState } from './states.tsx';
import styles from './confirm.module.css';

interface Props {
  readonly title: string;
  /** What the press does. */
  readonly action: string;
  readonly isOpen: boolean;
  readonly isPending: boolean;
  /** Null: nothing went wrong. */
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What follows from it. */
  readonly children: ReactNode;
}

/** Asks once more before something that is not taken back easily. */
export function Confirm({ title, action, isOpen, isPending, error, onConfirm, onClose, children }: Props) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      {children}
      {error !== null && <FailedState error={error} />}
      <div className={styles['choices']}>
        <Button onPress={onClose}>
          <FormattedMessage id="shell.close" />
        </Button>
        {/* Not "pending": React Aria would name it to screen readers after it is gone. */}
        <Button kind="danger" isDisabled={isPending} onPress={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
