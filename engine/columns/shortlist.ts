import type { Columns } from './columns.ts';

/** The best rows offered so far, the best first: by strength, then by id; at most `perOwner` of one owner. */
export interface Shortlist {
  length: number;
  readonly rows: Int32Array;
  readonly strengths: Float64Array;
  /** The rows' owners, beside them because they are looked through for every row that ranks. */
  readonly owners: Int32Array;
  readonly perOwner: number;
}

/** An empty list for `k` rows. */
export function openShortlist(k: number, perOwner: number): Shortlist {
  return { length: 0, rows: new Int32Array(k), strengths: new Float64Array(k), owners: new Int32Array(k), perOwner };
}

/**
 * Enters a row if it ranks. The list is at any time what sorting all that was offered would give: whoever drops out is beaten by
 * a full list or by `perOwner` of its owner, and both only ever get better. O(k), O(1) for a row that does not rank.
 */
export function offer(list: Shortlist, columns: Columns, row: number, strength: number): void {
  const { rows, strengths, owners } = list;
  if (list.length === rows.length && !beats(list, columns, row, strength, list.length - 1)) return;
  let at = findSeat(list, columns, row, strength);
  if (at === -1) return;
  for (; at > 0 && beats(list, columns, row, strength, at - 1); at--) {
    rows[at] = rows[at - 1] ?? 0;
    strengths[at] = strengths[at - 1] ?? 0;
    owners[at] = owners[at - 1] ?? 0;
  }
  rows[at] = row;
  strengths[at] = strength;
  owners[at] = columns.owners[row] ?? 0;
}

/** The seat a row that ranks takes: that of its owner's last when the owner has enough, else the end; -1 when it ranks behind those. */
function findSeat(list: Shortlist, columns: Columns, row: number, strength: number): number {
  const owner = columns.owners[row];
  let ofOwner = 0;
  let lastOfOwner = -1;
  for (let at = 0; at < list.length; at++) {
    if (list.owners[at] !== owner) continue;
    ofOwner++;
    lastOfOwner = at;
  }
  if (ofOwner >= list.perOwner) return beats(list, columns, row, strength, lastOfOwner) ? lastOfOwner : -1;
  return list.length < list.rows.length ? list.length++ : list.length - 1;
}

function beats(list: Shortlist, { idRanks }: Columns, row: number, strength: number, at: number): boolean {
  const other = list.strengths[at] ?? 0;
  return strength > other || (strength === other && (idRanks[row] ?? 0) < (idRanks[list.rows[at] ?? 0] ?? 0));
}
