import type { CountryRole } from '../../../engine/index.ts';
import type { TermKind } from '../code-kind.ts';

export interface SeedTerm {
  readonly kind: TermKind;
  readonly code: string;
  readonly label: string;
  /** The hub's own term of the same kind that includes this one. */
  readonly broader?: string;
  /** Of a channel: its group. */
  readonly parent?: string;
  /** Other names and codes people may type; they find the term, they do not stand for it. */
  readonly aliases?: readonly string[];
}

export interface SeedPlace {
  readonly code: string;
  readonly kind: 'country' | 'subdivision';
  readonly country: string;
  readonly parent: string | null;
  /** Counted for matching under its own number; otherwise it stands for its parent. */
  readonly numbered: boolean;
  readonly name: string;
  readonly aliases: readonly string[];
}

export interface SeedCorridor {
  readonly code: string;
  readonly name: string;
  readonly legs: readonly (readonly [country: string, role: CountryRole])[];
  readonly mode: string;
  readonly themes: readonly string[];
  /** BCP 47 primary subtags, canonical. */
  readonly languages: readonly string[];
  /** Months from 1; a season may run over the turn of the year. */
  readonly season?: { readonly fromMonth: number; readonly toMonth: number; readonly why: string };
  readonly facts?: string;
  readonly confidence: string;
}

export interface SeedInsight {
  /** Names the insight for ever; its id is made from it. */
  readonly key: string;
  readonly kind: 'information_way' | 'unmet_need' | 'trend';
  readonly places: readonly string[];
  readonly audience: string;
  readonly statement: string;
  readonly channels: Readonly<Record<string, number>>;
  readonly source: string;
}
