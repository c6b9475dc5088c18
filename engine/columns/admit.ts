import { FIRST, PRESENT } from './mask.ts';
import type { Sheet } from './columns.ts';
import { ON_ONE_CORRIDOR, ONE_CONTAINS_THE_OTHER, SAME, type Desk } from './desk.ts';
import { laterWordOf, type Postings } from './postings.ts';
import type { FacetColumn, Rows } from './rows.ts';

/** Notes those among the first `candidates` that are found for the first time, and the best place level of each. */
export function admit(
  sheet: Sheet,
  own: Rows,
  ownRow: number,
  entry: number,
  candidates: number,
  leastEnd: number,
  desk: Desk,
): void {
  const isCorridor = (own.entries.cells[entry] ?? 0) >= sheet.postings.firstCorridor;
  if (isCorridor) admitOnCorridor(sheet, own, ownRow, entry, candidates, leastEnd, desk);
  else admitInCountry(sheet, own, ownRow, entry, candidates, leastEnd, desk);
}

function admitInCountry(
  { rows, postings }: Sheet,
  own: Rows,
  ownRow: number,
  entry: number,
  candidates: number,
  leastEnd: number,
  desk: Desk,
): void {
  const { rows: rowOf, ends, owners, masks } = postings;
  const { stamps, found, search } = desk;
  const { words, masks: ownMasks } = own.entries;
  const cell = own.entries.cells[entry] ?? 0;
  const ownMask = (ownMasks[entry * words] ?? 0) & ~PRESENT;
  const severalWords = (postings.cellWords[cell] ?? 1) > 1;
  const owner = own.owners[ownRow] ?? 0;
  const anyPartners = rows.partners.items.length > 0 || own.partners.items.length > 0;
  let count = desk.count;
  for (let i = 0; i < candidates; i++) {
    const at = desk.candidates[i] ?? 0;
    if ((ends[at] ?? 0) < leastEnd || owners[at] === owner) continue;
    const row = rowOf[at] ?? 0;
    const isSame =
      ((masks[at] ?? 0) & ownMask) !== 0 ||
      (severalWords && shareLaterWord(postings, cell, at, ownMasks, entry * words, words));
    const stamp = search + (isSame ? SAME : ONE_CONTAINS_THE_OTHER);
    const before = stamps[row] ?? 0;
    if (before >= search) {
      if (before < stamp) stamps[row] = stamp;
      continue;
    }
    if (anyPartners && workTogether(rows, row, own, ownRow)) continue;
    stamps[row] = stamp;
    found[count++] = row;
  }
  desk.count = count;
}

function admitOnCorridor(
  { rows, postings }: Sheet,
  own: Rows,
  ownRow: number,
  entry: number,
  candidates: number,
  leastEnd: number,
  desk: Desk,
): void {
  const { rows: rowOf, ends, owners, masks } = postings;
  const { stamps, found, search } = desk;
  const stated = (own.entries.masks[entry * own.entries.words] ?? 0) & FIRST;
  const owner = own.owners[ownRow] ?? 0;
  const anyPartners = rows.partners.items.length > 0 || own.partners.items.length > 0;
  let count = desk.count;
  for (let i = 0; i < candidates; i++) {
    const at = desk.candidates[i] ?? 0;
    if ((ends[at] ?? 0) < leastEnd || owners[at] === owner) continue;
    const row = rowOf[at] ?? 0;
    if ((stamps[row] ?? 0) >= search) continue;
    // On a corridor that both state one topic is enough; on any other it takes an audience and a theme.
    const isEnough =
      ((masks[at] ?? 0) & stated) !== 0 ||
      (shares(rows.audiences, row, own.audiences, ownRow) && shares(rows.themes, row, own.themes, ownRow));
    if (!isEnough || (anyPartners && workTogether(rows, row, own, ownRow))) continue;
    stamps[row] = search + ON_ONE_CORRIDOR;
    found[count++] = row;
  }
  desk.count = count;
}

function shareLaterWord(
  postings: Postings,
  cell: number,
  at: number,
  ownMasks: Int32Array,
  offset: number,
  words: number,
): boolean {
  const limit = Math.min(words, postings.cellWords[cell] ?? 1);
  for (let word = 1; word < limit; word++) {
    const mask = postings.laterWords[laterWordOf(postings, cell, word) + at] ?? 0;
    if ((mask & (ownMasks[offset + word] ?? 0)) !== 0) return true;
  }
  return false;
}

function shares({ bits, words }: FacetColumn, row: number, own: FacetColumn, ownRow: number): boolean {
  for (let word = 0; word < words; word++)
    if (((bits[row * words + word] ?? 0) & (own.bits[ownRow * words + word] ?? 0)) !== 0) return true;
  return false;
}

function workTogether(rows: Rows, row: number, own: Rows, ownRow: number): boolean {
  return isPartnerOf(rows, row, own.owners[ownRow] ?? 0) || isPartnerOf(own, ownRow, rows.owners[row] ?? 0);
}

function isPartnerOf({ partners: { offsets, items } }: Rows, row: number, actor: number): boolean {
  for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) if (items[at] === actor) return true;
  return false;
}
