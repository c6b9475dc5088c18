import type { TaxonomyKind } from '@concord/client-sdk';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';

/** The labels of a taxonomy by their codes, in its order; empty until they are here. */
export function useTerms(kind: TaxonomyKind): ReadonlyMap<string, string> {
  const terms = useAnswer((signal) => hub.taxonomy(kind, { signal }), [kind]);
  return new Map(terms.kind === 'here' ? terms.value.map(({ code, label }) => [code, label]) : []);
}
