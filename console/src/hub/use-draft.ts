import { useCallback, useEffect, useState } from 'react';

const PREFIX = 'concord.draft.';

/**
 * What somebody has begun to write, kept in this browser until it is sent: a reload, a lost line or a closed tab takes nothing. For
 * form fields only: nothing secret belongs into it. Signing out takes all drafts out, since the next person is another.
 *
 * @example const { draft, change, discard } = useDraft('register-programme', { name: '' });
 */
export function useDraft<T extends object>(
  key: string,
  empty: T,
): {
  readonly draft: T;
  /** Whether there is something that was written before. */
  readonly isBegun: boolean;
  readonly change: (part: Partial<T>) => void;
  /** Once it was sent, or is not wanted. */
  readonly discard: () => void;
} {
  const [state, setState] = useState<T | null>(() => readDraft<T>(key));
  useEffect(() => {
    setState(readDraft<T>(key));
  }, [key]);
  const change = useCallback(
    (part: Partial<T>) => {
      setState((known) => {
        const next = { ...empty, ...known, ...part };
        localStorage.setItem(PREFIX + key, JSON.stringify(next));
        return next;
      });
    },
    // `empty` is written out at each call; what it says does not change.
    [key],
  );
  const discard = useCallback(() => {
    localStorage.removeItem(PREFIX + key);
    setState(null);
  }, [key]);
  return { draft: { ...empty, ...state }, isBegun: state !== null, change, discard };
}

/** For whoever signs out. */
export function discardAllDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

function readDraft<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}
