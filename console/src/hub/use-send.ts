import { ConcordProblemError } from '@concord/client-sdk';
import { useState } from 'react';

/** Something on its way to the hub, and what came back where it was refused. */
export interface Sending {
  /** Disable what sends it; `isPending` only on a button that stays: of one that goes React Aria tells screen readers after it is gone. */
  readonly isSending: boolean;
  /** What belongs to no field, to be said as a whole. Null: nothing. */
  readonly error: unknown;
  /** What the hub finds wrong with a field: by a part of its path, such as `places`. */
  readonly problemOf: (field: string) => string | undefined;
  readonly send: <T>(call: () => Promise<T>, whenDone: (result: T) => void) => void;
  readonly forget: () => void;
}

/** @param fields those that the form has: what the hub finds wrong elsewhere is said as a whole */
export function useSend(fields: readonly string[] = []): Sending {
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problemOf = (field: string): string | undefined =>
    issuesIn(error)
      .filter(({ path }) => names(path, field))
      .map(({ message }) => message)
      .join(' ') || undefined;
  const issues = issuesIn(error);
  const isAllAtFields = issues.length > 0 && issues.every(({ path }) => fields.some((field) => names(path, field)));
  return {
    isSending,
    error: isAllAtFields ? null : error,
    problemOf,
    send: (call, whenDone) => {
      setSending(true);
      setError(null);
      call()
        .then(whenDone, setError)
        .finally(() => {
          setSending(false);
        });
    },
    forget: () => {
      setError(null);
    },
  };
}

/** `input.footprint.places[2]` names `places`. */
const names = (path: string, field: string): boolean => path.split(/[.[\]]+/).includes(field);

function issuesIn(error: unknown): readonly { readonly path: string; readonly message: string }[] {
  if (!(error instanceof ConcordProblemError) || error.problem.__typename !== 'InvalidInput') return [];
  return error.problem.issues;
}
