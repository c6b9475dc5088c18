import type { Footprint } from '../footprint.ts';
import { corridorsOf } from '../standing.ts';
import { lengthOf } from '../values/day-range.ts';
import { has } from '../values/facet-set.ts';
import type { Book } from './book.ts';
import { bitOfPlace, PRESENT, wordOfPlace } from './mask.ts';

/**
 * The cells that a row takes part in: of row `r` entries `offsets[r]` to before `offsets[r + 1]`, countries first. The mask of entry
 * `e` has words `e × words` to `(e + 1) × words - 1`.
 */
export interface Entries {
  readonly offsets: Int32Array;
  readonly cells: Int32Array;
  readonly words: number;
  readonly masks: Int32Array;
}

/** Finds out in which cells footprints take part, in their order. Those shorter than `minSharedDays` take part nowhere. */
export function enter(footprints: readonly Footprint[], book: Book, minSharedDays: number): Entries {
  const {
    words: { mask: words },
    terrain,
  } = book;
  const offsets = new Int32Array(footprints.length + 1);
  const cells: number[] = [];
  const masks: number[] = [];
  /** Adds a place to the mask of a cell, which is one of the row's last ones or new. */
  const add = (from: number, cell: number, place: number): void => {
    let entry = from;
    while (entry < cells.length && cells[entry] !== cell) entry++;
    if (entry === cells.length) {
      cells.push(cell);
      masks.push(PRESENT);
      for (let word = 1; word < words; word++) masks.push(0);
    }
    const word = wordOfPlace(place);
    if (word < words) masks[entry * words + word] = (masks[entry * words + word] ?? 0) | bitOfPlace(place);
  };
  footprints.forEach((footprint, row) => {
    const from = cells.length;
    if (lengthOf(footprint.days) >= minSharedDays) {
      for (const { country, subdivision } of footprint.places) {
        const cell = book.countries.get(country);
        if (cell !== undefined) add(from, cell, subdivision);
      }
      const named = corridorsOf(footprint, terrain);
      for (const corridor of book.corridors) {
        if (!has(named, corridor.bit)) continue;
        const before = cells.length;
        corridor.countries.forEach((country, seat) => {
          if (footprint.places.some((place) => place.country === country)) add(before, corridor.cell, seat + 1);
        });
        const isSeated = cells.length > before;
        if (isSeated && has(footprint.corridors, corridor.bit)) add(before, corridor.cell, 0);
      }
    }
    offsets[row + 1] = cells.length;
  });
  return { offsets, cells: Int32Array.from(cells), words, masks: Int32Array.from(masks) };
}
