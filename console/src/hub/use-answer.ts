import { useCallback, useEffect, useState } from 'react';

export type Answer<T> =
  | { readonly kind: 'waiting' }
  /** `isStale`: something newer is on its way, what is shown stays until then. */
  | { readonly kind: 'here'; readonly value: T; readonly isStale: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * What the hub answers to a question, asked anew whenever what it depends on changes.
 * @param ask is given a signal that ends the call when nobody waits for it any more
 * @param dependencies like those of an effect
 */
export function useAnswer<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  dependencies: readonly unknown[],
): Answer<T> & { readonly again: () => void } {
  const [answer, setAnswer] = useState<Answer<T>>({ kind: 'waiting' });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const ended = new AbortController();
    setAnswer((former) => (former.kind === 'here' ? { ...former, isStale: true } : { kind: 'waiting' }));
    ask(ended.signal).then(
      (value) => {
        if (!ended.signal.aborted) setAnswer({ kind: 'here', value, isStale: false });
      },
      (error: unknown) => {
        if (!ended.signal.aborted) setAnswer({ kind: 'failed', error });
      },
    );
    return () => {
      ended.abort();
    };
    // What `ask` closes over is what the caller lists.
  }, [...dependencies, times]);
  const again = useCallback(() => {
    setTimes((count) => count + 1);
  }, []);
  return { ...answer, again };
}
