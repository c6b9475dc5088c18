import type { Footprint } from '../footprint.ts';
import type { Terrain } from '../terrain.ts';
import { type BookLimits, enlist, openBook } from './book.ts';
import { type Lists, type Sheet, toLists } from './columns.ts';
import { firstRows, joinLists, joinNumbers, joinRows } from './join-rows.ts';
import { post } from './postings.ts';
import { layOutRows, type Rows } from './rows.ts';
import type { Apart, Seekers } from './seekers.ts';

/** A footprint that only looks, with whom it leaves out. */
export interface Looker {
  readonly footprint: Footprint;
  /** Its marks: whoever refuses one of them is left out. */
  readonly marks: readonly string[];
  /** Actors whose open footprints are left out. */
  readonly avoids: readonly string[];
  /** Says and leaves out nothing else than the one of this id that can be met: then that one looks for both. */
  readonly isAsMet: boolean;
}

/** A footprint that can be met, with who is not to list it. */
export interface Meetable {
  readonly footprint: Footprint;
  readonly refuses: readonly string[];
  readonly open: boolean;
}

/** Everything that was gathered, and which row is whose. */
export interface Gathered {
  readonly seekers: Seekers;
  /** Of each row of the sheet. */
  readonly ids: readonly string[];
  /** By the numbers of owners. */
  readonly actors: readonly string[];
  /** By id, its row in the sheet. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** By id, the row by which a looker looks; absent for those of `mixed`. */
  readonly lookerOf: ReadonlyMap<string, number>;
  /** Lookers that have parts of another owner, which their owner knows otherwise than the parts' owner does: columns cannot tell. */
  readonly mixed: ReadonlySet<string>;
}

/**
 * Lays out footprints that come block after block, so that none has to be kept: a million of them as objects are gigabytes.
 * What `minSharedDays` asks is one day.
 */
export class ColumnsGatherer {
  private readonly book;
  private readonly blocks: Rows[] = [];
  private readonly lookers: Rows[] = [];
  private readonly ids: string[] = [];
  private readonly rowOf = new Map<string, number>();
  private readonly lookerIds: string[] = [];
  /** Ancestors by the number that an id was given when it was first named: they may come later. */
  private readonly names = new Map<string, number>();
  private readonly ancestors: Lists[] = [];
  private readonly lookerAncestors: Lists[] = [];
  private readonly marks = new Map<string, number>();
  private readonly refused: Lists[] = [];
  private readonly open: Int32Array[] = [];
  private readonly lookerMarks: Lists[] = [];
  private readonly avoided: Lists[] = [];
  private readonly asMet: Int32Array[] = [];
  private lastStart = -Infinity;

  constructor(limits: BookLimits, terrain: Terrain) {
    this.book = openBook(limits, terrain);
  }

  /** Adds footprints that can be met, in order of start, then id, over all blocks. @throws when they are not, or an id comes twice */
  addMeetable(block: readonly Meetable[]): void {
    for (const { footprint } of block) {
      const { id, days } = footprint;
      if (days.start < this.lastStart) throw new Error(`expected footprints in order of start, found ${id} too late`);
      if (this.rowOf.has(id)) throw new Error(`expected footprints of different ids, found ${id} repeated`);
      this.lastStart = days.start;
      this.rowOf.set(id, this.ids.length);
      this.ids.push(id);
    }
    const footprints = block.map(({ footprint }) => footprint);
    this.blocks.push(this.layOut(footprints));
    this.ancestors.push(this.ancestorsOf(footprints));
    this.refused.push(
      numbered(
        this.marks,
        block.map(({ refuses }) => refuses),
      ),
    );
    this.open.push(Int32Array.from(block, ({ open }) => Number(open)));
  }

  /** Adds footprints that only look, in any order. Their parts are those others of them that name them as an ancestor. */
  addLookers(block: readonly Looker[]): void {
    const footprints = block.map(({ footprint }) => footprint);
    for (const { id } of footprints) this.lookerIds.push(id);
    this.lookers.push(this.layOut(footprints));
    this.lookerAncestors.push(this.ancestorsOf(footprints));
    this.lookerMarks.push(
      numbered(
        this.marks,
        block.map(({ marks }) => marks),
      ),
    );
    this.avoided.push(
      numbered(
        this.book.actors,
        block.map(({ avoids }) => avoids),
      ),
    );
    this.asMet.push(Int32Array.from(block, ({ isAsMet }) => Number(isAsMet)));
  }

  /** Puts the blocks together; nothing may be added any more. O(n log n). */
  gather(): Gathered {
    const count = this.ids.length;
    const rows = joinRows([this.layOut([]), ...this.blocks.splice(0), ...this.lookers.splice(0)]);
    const lookers = new Map(this.lookerIds.map((id, at) => [id, count + at]));
    const ancestors = this.toRows(joinLists([EMPTY, ...this.ancestors.splice(0)]), this.rowOf);
    const lookerAncestors = this.toRows(joinLists([EMPTY, ...this.lookerAncestors.splice(0)]), lookers);
    const parts = invert([ancestors, lookerAncestors], rows.count);
    const apart = this.apart(count);
    const { lookerOf, mixed } = this.chooseRows(lookers, rows, { lookerAncestors, parts, apart });
    const sheetRows = firstRows(rows, count);
    const sheet: Sheet = {
      minSharedDays: MIN_SHARED_DAYS,
      rows: sheetRows,
      idRanks: rank(this.ids, this.rowOf),
      postings: post(sheetRows, this.book),
      families: {
        ancestors,
        parts: { offsets: parts.offsets.subarray(0, count + 1), items: parts.items.subarray(0, parts.offsets[count]) },
        // Nobody has looked.
        partsComeLater: false,
      },
    };
    return {
      seekers: { sheet, rows, parts, apart },
      ids: this.ids,
      actors: [...this.book.actors.keys()],
      rowOf: this.rowOf,
      lookerOf,
      mixed,
    };
  }

  /** By which row each looker looks: that which can be met where it is the same, and so are all its parts, and nobody refuses it. */
  private chooseRows(
    lookers: ReadonlyMap<string, number>,
    { owners }: Rows,
    { lookerAncestors, parts, apart }: { lookerAncestors: Lists; parts: Lists; apart: Apart | null },
  ): Pick<Gathered, 'lookerOf' | 'mixed'> {
    const count = this.ids.length;
    const isOwn = joinNumbers(this.asMet).map((asMet) => 1 - asMet);
    const refused = new Set(apart?.refused.items);
    isOwn.forEach((own, at) => {
      if (own === 1)
        for (let i = lookerAncestors.offsets[at] ?? 0; i < (lookerAncestors.offsets[at + 1] ?? 0); i++)
          isOwn[(lookerAncestors.items[i] ?? 0) - count] = 1;
      if (refused.size > 0 && apart !== null)
        for (let i = apart.marks.offsets[count + at] ?? 0; i < (apart.marks.offsets[count + at + 1] ?? 0); i++)
          if (refused.has(apart.marks.items[i] ?? 0)) isOwn[at] = 1;
    });
    const lookerOf = new Map<string, number>();
    const mixed = new Set<string>();
    for (const [id, row] of lookers) {
      const own = parts.items.subarray(parts.offsets[row], parts.offsets[row + 1]);
      if (own.some((part) => owners[part] !== owners[row])) mixed.add(id);
      else lookerOf.set(id, isOwn[row - count] === 1 ? row : (this.rowOf.get(id) ?? row));
    }
    return { lookerOf, mixed };
  }

  private layOut(footprints: readonly Footprint[]): Rows {
    enlist(this.book, footprints);
    return layOutRows(footprints, this.book, MIN_SHARED_DAYS);
  }

  private ancestorsOf(footprints: readonly Footprint[]): Lists {
    return numbered(
      this.names,
      footprints.map(({ ancestors }) => ancestors),
    );
  }

  /** Ancestors by row instead of by name; those that have none are left out. */
  private toRows({ offsets, items }: Lists, rowOf: ReadonlyMap<string, number>): Lists {
    const rowOfName = Int32Array.from(this.names.keys(), (id) => rowOf.get(id) ?? -1);
    const kept: number[] = [];
    const limits = new Int32Array(offsets.length);
    for (let row = 0; row + 1 < offsets.length; row++) {
      for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) {
        const ancestor = rowOfName[items[at] ?? 0] ?? -1;
        if (ancestor !== -1) kept.push(ancestor);
      }
      limits[row + 1] = kept.length;
    }
    return { offsets: limits, items: Int32Array.from(kept) };
  }

  private apart(count: number): Apart | null {
    const refused = joinLists([EMPTY, ...this.refused]);
    const avoided = joinLists([EMPTY, ...this.avoided]);
    if (refused.items.length === 0 && avoided.items.length === 0) return null;
    const nobody = { offsets: new Int32Array(count + 1), items: new Int32Array(0) };
    return {
      marks: joinLists([nobody, ...this.lookerMarks]),
      avoided: joinLists([nobody, avoided]),
      refused,
      open: joinNumbers(this.open),
    };
  }
}

const MIN_SHARED_DAYS = 1;
const EMPTY: Lists = { offsets: new Int32Array(1), items: new Int32Array(0) };

/** Lists of names as lists of their numbers; a name that has none gets the next. */
function numbered(numbers: Map<string, number>, lists: readonly (readonly string[])[]): Lists {
  const numberOf = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
  return toLists(lists.map((list) => list.map(numberOf)));
}

/** Of each of `count` rows those that have it among their ancestors, ascending. `blocks` are the ancestors of all rows in their order. */
function invert(blocks: readonly Lists[], count: number): Lists {
  const offsets = new Int32Array(count + 1);
  for (const { items } of blocks)
    for (const ancestor of items) offsets[ancestor + 1] = (offsets[ancestor + 1] ?? 0) + 1;
  for (let row = 0; row < count; row++) offsets[row + 1] = (offsets[row + 1] ?? 0) + (offsets[row] ?? 0);
  const items = new Int32Array(offsets[count] ?? 0);
  const next = offsets.slice();
  let row = 0;
  for (const block of blocks)
    for (let own = 0; own + 1 < block.offsets.length; own++, row++)
      for (let at = block.offsets[own] ?? 0; at < (block.offsets[own + 1] ?? 0); at++) {
        const ancestor = block.items[at] ?? 0;
        const place = next[ancestor] ?? 0;
        items[place] = row;
        next[ancestor] = place + 1;
      }
  return { offsets, items };
}

function rank(ids: readonly string[], rowOf: ReadonlyMap<string, number>): Int32Array {
  const ranks = new Int32Array(ids.length);
  // Without a comparison of ours: code-unit order, and much faster.
  ids.toSorted().forEach((id, rank) => {
    ranks[rowOf.get(id) ?? 0] = rank;
  });
  return ranks;
}
