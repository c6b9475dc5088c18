import type { OverlapKind } from '../../engine/index.ts';
import type { Face } from '../footprints/footprint.rows.ts';
import type { Scope } from '../jobs/scope.ts';

export interface StoredPart {
  readonly facet: string;
  readonly similarity: number;
  /** 0 to 1; those of all facets add up to 1. */
  readonly weight: number;
  readonly stated: boolean;
}

export interface StoredContradiction {
  readonly audiences: readonly string[];
  /** The sides whose messages deter and protect these audiences. */
  readonly deterring: OverlapSide;
  readonly protecting: OverlapSide;
}

export type OverlapSide = 'a' | 'b';
export interface StoredDivergence {
  readonly audiences: readonly string[];
  /** Kinds of facts, as `hotline`. */
  readonly kinds: readonly string[];
}

/**
 * For whom overlaps are found. `own`: the lists of an owner's records, each as it is, among what everybody else releases.
 * `released`: the lists of all records as released, for whoever owns neither side.
 */
export type OverlapView = Face;
export const OVERLAP_VIEWS: readonly OverlapView[] = ['own', 'released'];

/** What an overlap says, whoever lists it. Named like its columns; lists are codes in the order of their bits. */
export interface OverlapContent {
  readonly view: OverlapView;
  /** Of an own one the record that lists; of a released one the lower id in code-unit order. */
  readonly a_id: string;
  readonly b_id: string;
  readonly a_owner_id: string;
  readonly b_owner_id: string;
  /** Whether the form of it that was compared says countries, months and themes only. */
  readonly a_coarse: boolean;
  readonly b_coarse: boolean;
  readonly kind: OverlapKind;
  readonly score: number;
  readonly confidence: number;
  readonly strength: number;
  readonly parts: readonly StoredPart[];
  readonly start_day: number;
  readonly end_day: number;
  /** `YYYY-MM-DD`, both included; a null end is open. */
  readonly starts_on: string;
  readonly ends_on: string | null;
  readonly places: readonly string[];
  /** Of the shared places; and on the shared corridors those in which either side is. */
  readonly countries: readonly string[];
  readonly corridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly contradiction: StoredContradiction | null;
  readonly divergence: StoredDivergence | null;
  readonly explanation: string;
  readonly scope: Scope;
  readonly tentative: boolean;
  readonly rules_version: number;
}

/** An overlap with what depends on the lists it is in: what should be stored, but for ids and times. */
export interface OverlapRecord extends OverlapContent {
  readonly listed_by_a: boolean;
  readonly listed_by_b: boolean;
}

/**
 * Whether a suggestion follows from an overlap by itself: it is a duplication, the one could borrow a channel of the other, or its sides contradict each other or state different facts.
 */
export function isTelling({
  kind,
  contradiction,
  divergence,
}: Pick<OverlapContent, 'kind' | 'contradiction' | 'divergence'>): boolean {
  return kind === 'DUPLICATION' || kind === 'LEVERAGE' || contradiction !== null || divergence !== null;
}

/** The natural key of an overlap. */
export interface Pair {
  readonly view: OverlapView;
  readonly a_id: string;
  readonly b_id: string;
}

/** The natural key as one text; ids hold no space. */
export function pairKey({ view, a_id, b_id }: Pair): string {
  return `${view} ${a_id} ${b_id}`;
}

/** The key of the pair by which one is in another's list: of its own view, or of both their lists. */
export function pairOf(view: OverlapView, lister: string, other: string): Pair {
  return view === 'own' || lister < other ? { view, a_id: lister, b_id: other } : { view, a_id: other, b_id: lister };
}

export const CONTENT_COLUMNS = [
  'view',
  'a_id',
  'b_id',
  'a_owner_id',
  'b_owner_id',
  'a_coarse',
  'b_coarse',
  'kind',
  'score',
  'confidence',
  'strength',
  'parts',
  'start_day',
  'end_day',
  'starts_on',
  'ends_on',
  'places',
  'countries',
  'corridors',
  'audiences',
  'themes',
  'channels',
  'languages',
  'contradiction',
  'divergence',
  'explanation',
  'scope',
  'tentative',
  'rules_version',
] as const satisfies readonly (keyof OverlapContent)[];

export const RECORD_COLUMNS = [
  ...CONTENT_COLUMNS,
  'listed_by_a',
  'listed_by_b',
] as const satisfies readonly (keyof OverlapRecord)[];
