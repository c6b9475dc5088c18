import type { Page, Pages } from '@concord/client-sdk';
import { useEffect, useState } from 'react';
import { type Answer, useAnswer } from './use-answer.ts';

/** A list as far as it was turned over: `more` fetches the next page, and is null at its end. */
export interface Turned<T> {
  readonly nodes: readonly T[];
  readonly total: number | null;
}

/** A list of the hub, page by page, from its beginning whenever what it depends on changes. */
export function usePages<T>(
  list: () => Pick<Pages<T>, 'page'>,
  dependencies: readonly unknown[],
): Answer<Turned<T>> & { readonly again: () => void; readonly more: (() => void) | null; readonly isTurning: boolean } {
  const first = useAnswer((signal) => list().page({ signal, withTotal: true }), dependencies);
  const [later, setLater] = useState<readonly Page<T>[]>([]);
  const [isTurning, setTurning] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const page = first.kind === 'here' ? first.value : null;
  useEffect(() => {
    setLater([]);
    setFailure(null);
  }, [page]);
  if (first.kind !== 'here') return { ...first, more: null, isTurning };
  if (failure !== null) return { kind: 'failed', error: failure, again: first.again, more: null, isTurning };
  const pages = [first.value, ...later];
  const after = pages.at(-1)?.next ?? null;
  const turn = (): void => {
    setTurning(true);
    list()
      .page({ after })
      .then((next) => {
        setLater((known) => [...known, next]);
      }, setFailure)
      .finally(() => {
        setTurning(false);
      });
  };
  const value = { nodes: pages.flatMap(({ nodes }) => nodes), total: first.value.total };
  return { ...first, value, more: after === null ? null : turn, isTurning };
}
