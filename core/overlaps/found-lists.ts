import type { IdRange } from '../footprints/registry.rows.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { Listed } from './best-list.ts';
import type { OverlapView } from './overlap.rows.ts';

/** The best lists of a block of footprints, found in all footprints as they were at a moment. */
export interface FoundLists {
  readonly block: IdRange;
  /** PostgreSQL's word for the moment. */
  readonly snapshot: string;
  /** What was known then. */
  readonly vocabulary: Vocabulary;
  /** By view and id; of those that are absent nothing matched then. */
  readonly lists: Readonly<Record<OverlapView, ReadonlyMap<string, FoundList>>>;
  /** Those of which the own list is to be worked out by itself. */
  readonly single: readonly string[];
  /** The ids of what a footprint was a part of then and that matched. */
  ancestorsOf(id: string): readonly string[];
  readonly compared: Compared | null;
}

/** A best list as it should be. Most are stored so, and never looked into. */
export interface FoundList {
  /** As that of a stored list. */
  readonly seal: string;
  /** The best first. */
  entries(): readonly Listed[];
}

/** What an earlier recomputation has compared to the last word, under the vocabulary and rules that still hold. */
export interface Compared {
  /** A transaction id: rows of earlier ones have been compared, and are as they were. */
  readonly since: string;
  /** The footprints that have changed after it. */
  readonly changed: ReadonlySet<string>;
}
