import type { BestLists, BestListsOptions } from '../columns/best-lists.ts';
import type { Columns, Sheet } from '../columns/columns.ts';
import type { VisitRow } from '../columns/for-each-pair.ts';
import { openToldByParts } from '../columns/told-by-parts.ts';
import { FACET_WEIGHTS, RULES } from '../rules.ts';
import { KERNEL } from './kernel-bytes.ts';
import { CONTAINED_PLACE, SAME_CORRIDOR, SAME_PLACE } from '../values/place.ts';

/** The inner loops of the columns in WebAssembly, on a copy of a sheet: the same results to the last bit, sooner. */
export interface Kernel {
  /** As `forEachRow` of the columns. */
  forEachRow(visit: VisitRow, fromRow?: number, toRow?: number): void;
  /** As `findBestLists` of the columns, for a block of pairs; each block once. */
  findBestLists(fromRow?: number, toRow?: number): BestLists;
}

/** What the module exports. */
interface Exports {
  open(layout: number): void;
  seekLater(row: number): number;
  offerPairs(fromRow: number, toRow: number): void;
  offerFound(row: number, count: number): void;
}

const PAGE = 65_536;
/** Loads of four numbers may reach beyond the last one. */
const BEYOND = 64;
/** Rows a call: the first call runs the unoptimised code to its end, so it must not be the only one. */
const CHUNK = 2_000;

let compiled: WebAssembly.Module | undefined;

/** Opens the kernel on columns. What is told by parts the columns themselves work out, row by row. */
export function openKernel(
  { sheet }: Pick<Columns, 'sheet'>,
  { k = RULES.ranking.keep, perOwner = RULES.ranking.keepPerOwner }: Pick<BestListsOptions, 'k' | 'perOwner'> = {},
): Kernel {
  const { count } = sheet.rows;
  const seats = Math.min(k, count);
  const parts = partsOf(sheet, seats, perOwner);
  const memory = new WebAssembly.Memory({ initial: pagesFor(parts) });
  const { addresses, layout } = write(parts, memory);
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (char) => char.charCodeAt(0)));
  const instance = new WebAssembly.Instance(compiled, { env: { memory, abort: fail } });
  const kernel = instance.exports as unknown as Exports; // the module is ours
  kernel.open(layout);
  const found = new Int32Array(memory.buffer, addresses.get('found'), count);
  const told = openToldByParts(sheet, new Int32Array(memory.buffer, addresses.get('told'), count));
  return {
    forEachRow: (visit, fromRow = 0, toRow = count) => {
      for (let row = fromRow; row < toRow; row++) visit(row, found, kernel.seekLater(row));
    },
    findBestLists: (fromRow = 0, toRow = count) => {
      if (told === null)
        for (let to = toRow; to > fromRow; to -= CHUNK) kernel.offerPairs(Math.max(fromRow, to - CHUNK), to);
      else
        for (let row = toRow - 1; row >= fromRow; row--) {
          const length = kernel.seekLater(row);
          told.mark(row, { found, count: length });
          kernel.offerFound(row, length);
        }
      return {
        k: seats,
        lengths: new Int32Array(memory.buffer, addresses.get('lengths'), count).slice(),
        partnerRows: new Int32Array(memory.buffer, addresses.get('partnerRows'), count * seats).slice(),
        strengths: new Float64Array(memory.buffer, addresses.get('listStrengths'), count * seats).slice(),
      };
    },
  };
}

/** A part of the layout: an array that is copied, room for one, or a number. */
type Part = Int32Array | Float64Array | { readonly bytes: number } | number;

/** The layout in the order in which `assembly/kernel.ts` reads it. */
function partsOf(sheet: Sheet, k: number, perOwner: number): ReadonlyMap<string, Part> {
  const { rows, postings, idRanks, minSharedDays } = sheet;
  const { entries, audiences, themes, channels, partners, records } = rows;
  const themesFrom = 4 + audiences.words;
  const channelsFrom = themesFrom + themes.words;
  const numbers = (length: number): Part => ({ bytes: length * 4 });
  return new Map<string, Part>([
    ['starts', rows.starts],
    ['ends', rows.ends],
    ['owners', rows.owners],
    ['topics', rows.topics.bits],
    ['partnerOffsets', partners.offsets],
    ['partnerItems', partners.items],
    ['entryOffsets', entries.offsets],
    ['entryCells', entries.cells],
    ['entryMasks', entries.masks],
    ['records', records.words],
    ['idRanks', idRanks],
    ['cellStarts', postings.cellStarts],
    ['cellWords', postings.cellWords],
    ['cellLaterWords', postings.cellLaterWords],
    ['postingRows', postings.rows],
    ['postingOwners', postings.owners],
    ['masks', postings.masks],
    ['laterWords', postings.laterWords],
    ['postingTopics', postings.topics],
    ['ofEntries', postings.ofEntries],
    ['audiences', audiences.bits],
    ['themes', themes.bits],
    ['stamps', numbers(rows.count)],
    ['candidates', numbers(rows.count)],
    ['found', numbers(rows.count)],
    ['strengths', { bytes: rows.count * 8 }],
    ['wanted', numbers(entries.words)],
    ['shuffles', numbers(16 * 4)],
    ['lengths', numbers(rows.count)],
    ['partnerRows', numbers(rows.count * k)],
    ['listStrengths', { bytes: rows.count * k * 8 }],
    ['floors', new Float64Array(rows.count).fill(k === 0 ? Infinity : -1)],
    ['rowCount', rows.count],
    ['postingCount', postings.rows.length],
    ['maskWords', entries.words],
    ['topicWords', postings.topicWords],
    ['stride', records.stride],
    ['themesFrom', themesFrom],
    ['channelsFrom', channelsFrom],
    ['languagesFrom', channelsFrom + channels.words],
    ['firstCorridor', postings.firstCorridor],
    ['minSharedDays', minSharedDays],
    ['anyPartners', Number(partners.items.length > 0)],
    ['k', k],
    ['perOwner', perOwner],
    ['weights', WEIGHTS],
    ['told', numbers(rows.count)],
  ]);
}

const { place, audience, theme, time, channel, language } = FACET_WEIGHTS;

/** Of places by level, then of the other facets in the order in which they are added. */
const WEIGHTS = Float64Array.of(
  ...[0, SAME_CORRIDOR, CONTAINED_PLACE, SAME_PLACE].map((similarity) => place * similarity),
  ...[audience, theme, time, channel, language],
);

function bytesOf(part: Part): number {
  if (typeof part === 'number') return 0;
  return Math.ceil((ArrayBuffer.isView(part) ? part.byteLength : part.bytes) / 16) * 16 + BEYOND;
}

function pagesFor(parts: ReadonlyMap<string, Part>): number {
  const bytes = [...parts.values()].reduce<number>((sum, part) => sum + bytesOf(part), BEYOND + parts.size * 4);
  return 1 + Math.ceil(bytes / PAGE);
}

/** Puts the parts one after another, and at the end the layout: of each part where it lies, or the number that it is. */
function write(parts: ReadonlyMap<string, Part>, memory: WebAssembly.Memory) {
  const addresses = new Map<string, number>();
  const fields: number[] = [];
  let next = BEYOND;
  for (const [name, part] of parts) {
    fields.push(typeof part === 'number' ? part : next);
    addresses.set(name, next);
    if (part instanceof Int32Array) new Int32Array(memory.buffer, next, part.length).set(part);
    if (part instanceof Float64Array) new Float64Array(memory.buffer, next, part.length).set(part);
    next += bytesOf(part);
  }
  new Uint32Array(memory.buffer, next, fields.length).set(fields);
  return { addresses, layout: next };
}

function fail(): never {
  throw new Error('the kernel has stopped: its layout does not fit the module; run `npm run build` in engine/kernel');
}
