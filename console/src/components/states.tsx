import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { Button } from './button.tsx';
import { remedyFor } from './remedy.ts';
import styles from './states.module.css';

interface EmptyProps {
  /** Says who or what is missing: "nobody registered", never "no need". */
  readonly children: ReactNode;
  /** What one could do about it. */
  readonly action?: ReactNode;
}

/** What stands where nothing is. */
export function EmptyState({ children, action }: EmptyProps) {
  return (
    <div className={styles['empty']}>
      <p>{children}</p>
      {action}
    </div>
  );
}

interface FailedProps {
  readonly error: unknown;
  readonly onAgain?: () => void;
}

/** What went wrong and what helps. */
export function FailedState({ error, onAgain }: FailedProps) {
  const { message, canRepeat } = remedyFor(error);
  return (
    <div role="alert" className={styles['failed']}>
      <p>{typeof message === 'string' ? <bdi lang="en">{message}</bdi> : <FormattedMessage {...message} />}</p>
      {canRepeat && onAgain && (
        <Button onPress={onAgain}>
          <FormattedMessage id="shell.again" />
        </Button>
      )}
    </div>
  );
}

/** Grey lines in the shape of what is to come. */
export function Skeleton({ lines = 6 }: { readonly lines?: number }) {
  return (
    <div role="status" className={styles['skeleton']}>
      <span className={styles['spoken']}>
        <FormattedMessage id="shell.loading" />
      </span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </div>
  );
}
