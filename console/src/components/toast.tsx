import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
  Button,
  Text,
} from 'react-aria-components';
import { useIntl } from 'react-intl';
import styles from './toast.module.css';

interface Said {
  readonly text: string;
}

const queue = new ToastQueue<Said>({ maxVisibleToasts: 3 });
/** Long enough to be read out. */
const SHOWN_MS = 8_000;

/** Says that something is done, without asking anything. What went wrong stays in its place instead. */
export function say(text: string): void {
  queue.add({ text }, { timeout: SHOWN_MS });
}

export function Toasts() {
  const { formatMessage } = useIntl();
  return (
    <ToastRegion queue={queue} className={styles['region']}>
      {({ toast }) => (
        <AriaToast toast={toast} className={styles['toast']}>
          <ToastContent>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          <Button slot="close" aria-label={formatMessage({ id: 'shell.close' })} className={styles['close']}>
            ×
          </Button>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
