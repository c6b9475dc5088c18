import type { FacetSet } from './values/facet-set.ts';

/** A published case study, as far as matching knows it: what somebody has done somewhere, for whom, about what, and by what channels. */
export interface Practice {
  /** The case study's id; unique among practices, and their last tie-breaker, in code-unit order. */
  readonly id: string;
  /** The actor that did it. */
  readonly owner: string;
  /** The numbers of the countries where it was done. */
  readonly countries: readonly number[];
  /** The corridors it names. Without any it is offered country by country. */
  readonly corridors: FacetSet;
  readonly audiences: FacetSet;
  readonly themes: FacetSet;
  readonly channels: FacetSet;
  /** An evaluation or a survey speaks for it. */
  readonly evidenced: boolean;
}
