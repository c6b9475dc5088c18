import type { Sheet } from './columns.ts';

/**
 * The best partners of every row so far, the best first: of row `r` the first `lengths[r]` from `r × k` on; by strength, then by id;
 * at most `perOwner` of one owner.
 */
export interface Shortlists {
  readonly k: number;
  readonly perOwner: number;
  readonly lengths: Int32Array;
  readonly partnerRows: Int32Array;
  readonly strengths: Float64Array;
  /** What a row must at least come to: the strength of the last of a full list, else -1. */
  readonly floors: Float64Array;
}

/** An empty list of up to `k` for each of `rows` rows. */
export function openShortlists(rows: number, k: number, perOwner: number): Shortlists {
  return {
    k,
    perOwner,
    lengths: new Int32Array(rows),
    partnerRows: new Int32Array(rows * k),
    strengths: new Float64Array(rows * k),
    floors: new Float64Array(rows).fill(k === 0 ? Infinity : -1),
  };
}

/**
 * Enters a partner in the list of a row if it ranks. The list is at any time what sorting all that was offered would give: whoever
 * drops out is beaten by a full list or by `perOwner` of its owner, and both only ever get better. So lists of several blocks of
 * pairs can be put together by offering what one has to the other. O(k), O(1) for who does not rank.
 */
export function offer(lists: Shortlists, sheet: Sheet, row: number, partner: number, strength: number): void {
  if (strength < (lists.floors[row] ?? 0)) return;
  const { k, lengths, partnerRows, strengths, floors } = lists;
  const { idRanks } = sheet;
  const first = row * k;
  const length = lengths[row] ?? 0;
  const rank = idRanks[partner] ?? 0;
  let seat = first + length;
  // Everybody before the seat beats the newcomer.
  for (; seat > first; seat--) {
    const other = strengths[seat - 1] ?? 0;
    if (other > strength || (other === strength && (idRanks[partnerRows[seat - 1] ?? 0] ?? 0) < rank)) break;
  }
  const leaves = findLeaving(lists, sheet, first, length, seat, partner);
  if (leaves < seat) return;
  for (let at = leaves; at > seat; at--) {
    partnerRows[at] = partnerRows[at - 1] ?? 0;
    strengths[at] = strengths[at - 1] ?? 0;
  }
  partnerRows[seat] = partner;
  strengths[seat] = strength;
  if (leaves === first + length) lengths[row] = length + 1;
  if ((lengths[row] ?? 0) === k) floors[row] = strengths[first + k - 1] ?? 0;
}

/**
 * The seat that is given up for a newcomer: that of its owner's last when the owner has enough, else the first free one, else the
 * last. One before the newcomer's own seat when it does not rank.
 */
function findLeaving(
  { k, perOwner, partnerRows }: Shortlists,
  { rows: { owners } }: Sheet,
  first: number,
  length: number,
  seat: number,
  partner: number,
): number {
  const end = length < k ? first + length : first + k - 1;
  if (perOwner >= k) return end;
  const owner = owners[partner];
  let ofOwner = 0;
  let lastOfOwner = -1;
  for (let at = first; at < first + length; at++) {
    if (owners[partnerRows[at] ?? 0] !== owner) continue;
    ofOwner++;
    lastOfOwner = at;
    if (ofOwner >= perOwner && at < seat) return -1;
  }
  return ofOwner >= perOwner ? lastOfOwner : end;
}
