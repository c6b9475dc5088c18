import { sql } from 'kysely';
import type { BestLists, Gathered } from '../../engine/index.ts';
import { hashNumber, hashText } from '../../platform/database/hash.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { IdRange } from '../footprints/registry.rows.ts';
import type { Listed } from '../overlaps/best-list.ts';
import type { Compared, FoundList, FoundLists } from '../overlaps/found-lists.ts';
import { sealFrom } from '../overlaps/list-seals.ts';
import type { OverlapView } from '../overlaps/overlap.rows.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { gatherFootprints } from './gather-footprints.ts';
import { type ListThreads, openListThreads } from './list-threads.ts';
import { readCompared } from './recomputation.rows.ts';

/** All footprints as they were at one moment, in columns, and threads that look for lists in them. Close it. */
export class Moment {
  /** Ids of all that matched, ascending in code-unit order. */
  private readonly ids: readonly string[];
  /** By row, the hash of its id. */
  private readonly hashes: { readonly high: Int32Array; readonly low: Int32Array };

  private constructor(
    private readonly snapshot: string,
    private readonly vocabulary: Vocabulary,
    private readonly gathered: Gathered,
    private readonly threads: ListThreads,
    private readonly compared: Compared | null,
  ) {
    this.ids = gathered.ids.toSorted();
    const hashes = gathered.ids.map((id) => hashText(id));
    this.hashes = { high: Int32Array.from(hashes, ({ high }) => high), low: Int32Array.from(hashes, ({ low }) => low) };
  }

  /** Reads it. Give it a unit of work that sees one moment. */
  static async read(work: Work, vocabulary: VocabularyService, threads: number): Promise<Moment> {
    const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(
      work.em.getKysely(),
    );
    const known = await vocabulary.current(work.em);
    const compared = await readCompared(work.em);
    const gathered = await gatherFootprints(work, known.terrain());
    const opened = openListThreads(gathered.seekers, threads);
    return new Moment(rows[0]?.snapshot ?? '', known, gathered, opened, compared);
  }

  /** The best lists of a block of footprints, in both views. */
  async find(block: IdRange): Promise<FoundLists> {
    const { rowOf, lookerOf, mixed } = this.gathered;
    const ids = this.idsIn(block);
    const rows = (of: ReadonlyMap<string, number>): [string, number][] =>
      ids.flatMap((id): [string, number][] => {
        const row = of.get(id);
        return row === undefined ? [] : [[id, row]];
      });
    const [released, own] = [rows(rowOf), rows(lookerOf)];
    // Whoever looks by the same row in both views is looked up once.
    const asked = Int32Array.from(new Set([...released, ...own].map(([, row]) => row)));
    const found = await this.threads.findListsOf(asked);
    const placeOf = new Map([...asked].map((row, place) => [row, place]));
    const listAt = Array.from(asked, (_, place) => this.listAt(found, place));
    const lists = (of: readonly (readonly [string, number])[]): ReadonlyMap<string, FoundList> => {
      const ofView = new Map<string, FoundList>();
      for (const [id, row] of of) {
        const list = listAt[placeOf.get(row) ?? -1];
        if (list) ofView.set(id, list);
      }
      return ofView;
    };
    return {
      block,
      snapshot: this.snapshot,
      vocabulary: this.vocabulary,
      lists: { released: lists(released), own: lists(own) } satisfies Record<OverlapView, unknown>,
      single: ids.filter((id) => mixed.has(id)),
      ancestorsOf: (id) => this.ancestorsOf(id),
      compared: this.compared,
    };
  }

  close(): Promise<void> {
    return this.threads.close();
  }

  private idsIn({ from, to }: IdRange): readonly string[] {
    const first = firstFrom(this.ids, from);
    return this.ids.slice(first, to === null ? this.ids.length : firstFrom(this.ids, to));
  }

  private listAt(found: BestLists, place: number): FoundList {
    const { k, lengths, partnerRows, strengths } = found;
    const { high, low } = this.hashes;
    const length = lengths[place] ?? 0;
    const all = { high: 0, low: 0 };
    for (let at = place * k; at < place * k + length; at++) {
      const row = partnerRows[at] ?? 0;
      const hash = hashNumber(strengths[at] ?? 0, { high: high[row] ?? 0, low: low[row] ?? 0 });
      all.high ^= hash.high;
      all.low ^= hash.low;
    }
    return { seal: sealFrom(length, all), entries: () => this.entriesAt(found, place) };
  }

  private entriesAt({ k, lengths, partnerRows, strengths }: BestLists, place: number): Listed[] {
    const { ids, actors, seekers } = this.gathered;
    return Array.from({ length: lengths[place] ?? 0 }, (_, at) => {
      const row = partnerRows[place * k + at] ?? 0;
      return {
        other: ids[row] ?? '',
        owner: actors[seekers.rows.owners[row] ?? 0] ?? '',
        strength: strengths[place * k + at] ?? 0,
      };
    });
  }

  private ancestorsOf(id: string): readonly string[] {
    const { rowOf, ids, seekers } = this.gathered;
    const row = rowOf.get(id);
    if (row === undefined) return [];
    const { offsets, items } = seekers.sheet.families.ancestors;
    return [...items.subarray(offsets[row], offsets[row + 1])].flatMap((ancestor) => ids[ancestor] ?? []);
  }
}

/** The place of the first id that is not before another, in ascending ids. */
function firstFrom(ids: readonly string[], from: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? from) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
