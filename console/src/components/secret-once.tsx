import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './secret-once.module.css';

interface Props {
  readonly title: string;
  /** Null: there is nothing to show. It is held nowhere else, and gone when it is closed. */
  readonly secret: string | null;
  readonly copy: string;
  readonly onClose: () => void;
  /** That it is shown once, and what to do with it. */
  readonly children: ReactNode;
}

/** Something that opens doors, shown once to be copied. */
export function SecretOnce({ title, secret, copy, onClose, children }: Props) {
  return (
    <Dialog title={title} isOpen={secret !== null} onClose={onClose}>
      {children}
      <code dir="ltr" className={styles['secret']}>
        {secret}
      </code>
      <div className={styles['choices']}>
        <Button
          onPress={() => {
            // Refused where the browser does not let pages copy: it can be marked by hand.
            void navigator.clipboard.writeText(secret ?? '').catch(() => undefined);
          }}
        >
          {copy}
        </Button>
        <Button kind="main" onPress={onClose}>
          <FormattedMessage id="shell.close" />
        </Button>
      </div>
    </Dialog>
  );
}
