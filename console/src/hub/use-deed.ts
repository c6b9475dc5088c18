import { useState } from 'react';
import { useIntl } from 'react-intl';
import { say } from '../components/toast.tsx';

/**
 * Something that somebody does by a press: while it is on its way, when it is done, and what went wrong.
 * @param onDone reads anew what it changed
 */
export function useDeed(onDone: () => void): {
  readonly isPending: boolean;
  readonly error: unknown;
  /** `said`: the id of the message that says it is done. */
  readonly run: (deed: () => Promise<unknown>, said: string, whenDone?: () => void) => void;
  readonly forget: () => void;
} {
  const { formatMessage } = useIntl();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return {
    isPending,
    error,
    run: (deed, said, whenDone) => {
      setPending(true);
      setError(null);
      deed()
        .then(() => {
          say(formatMessage({ id: said }));
          whenDone?.();
          onDone();
        }, setError)
        .finally(() => {
          setPending(false);
        });
    },
    forget: () => {
      setError(null);
    },
  };
}
