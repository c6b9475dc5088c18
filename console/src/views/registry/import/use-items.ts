import type { ImportItem, ImportItemFilter, ImportRun } from '@concord/client-sdk';
import { useState } from 'react';
import { hub } from '../../../hub/hub.ts';
import { type Answer, useAnswer } from '../../../hub/use-answer.ts';

/** As the hub pages them. */
const AT_ONCE = 100;

/** What a file says, a hundred things more at each call of `more`, which is null at the end. */
export function useItems(
  { id, version }: ImportRun,
  filter: ImportItemFilter,
): Answer<readonly ImportItem[]> & { readonly again: () => void; readonly more: (() => void) | null } {
  const [wanted, setWanted] = useState(AT_ONCE);
  const answer = useAnswer(
    async (signal) => {
      const items: ImportItem[] = [];
      for await (const item of hub.imports.items(id, { filter, signal })) {
        if (items.length === wanted) return { items, isAll: false };
        items.push(item);
      }
      return { items, isAll: true };
    },
    [id, version, JSON.stringify(filter), wanted],
  );
  const more = (): void => {
    setWanted(wanted + AT_ONCE);
  };
  if (answer.kind !== 'here') return { ...answer, more: null };
  return { ...answer, value: answer.value.items, more: answer.value.isAll ? null : more };
}
