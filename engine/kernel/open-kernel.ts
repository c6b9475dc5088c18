import type { BestLists, BestListsOptions } from '../columns/best-lists.ts';
import type { Columns, Sheet } from '../columns/columns.ts';
import { fillLists, type ListFinder, type ListLimits } from '../columns/find-lists-of.ts';
import type { VisitRow } from '../columns/for-each-pair.ts';
import type { Rows } from '../columns/rows.ts';
import type { Seekers } from '../columns/seekers.ts';
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
  seekAll(row: number): number;
  offerToList(row: number, list: number, count: number): void;
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
  const { kernel, memory, addresses } = start(partsOf(sheet, sheet.rows, { lists: count, k: seats, perOwner }));
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

/** How many lists the kernel that finds lists fills at a time. */
const LISTS = 512;

/** Opens the kernel on those who look for partners, for complete lists of some of them at a time. */
export function openListKernel(
  seekers: Seekers,
  { k = RULES.ranking.keep, perOwner = RULES.ranking.keepPerOwner }: ListLimits = {},
): ListFinder {
  const { sheet, rows } = seekers;
  const { count } = sheet.rows;
  const seats = Math.min(k, count);
  const { kernel, memory, addresses } = start(partsOf(sheet, rows, { lists: LISTS, k: seats, perOwner }));
  const numbers = (name: string, length: number): Int32Array =>
    new Int32Array(memory.buffer, addresses.get(name), length);
  const [lengths, partnerRows] = [numbers('lengths', LISTS), numbers('partnerRows', LISTS * seats)];
  const strengths = new Float64Array(memory.buffer, addresses.get('listStrengths'), LISTS * seats);
  const floors = new Float64Array(memory.buffer, addresses.get('floors'), LISTS);
  const looking = {
    found: numbers('found', count),
    told: numbers('told', count).fill(-1),
    look: (row: number) => kernel.seekAll(row),
    offer: (row: number, list: number, length: number) => {
      kernel.offerToList(row, list, length);
    },
  };
  return {
    findListsOf: (asked) => {
      const lists = {
        k: seats,
        lengths: new Int32Array(asked.length),
        partnerRows: new Int32Array(asked.length * seats),
        strengths: new Float64Array(asked.length * seats),
      };
      for (let from = 0; from < asked.length; from += LISTS) {
        const some = asked.subarray(from, from + LISTS);
        lengths.fill(0);
        floors.fill(seats === 0 ? Infinity : -1);
        fillLists(seekers, some, looking);
        lists.lengths.set(lengths.subarray(0, some.length), from);
        lists.partnerRows.set(partnerRows.subarray(0, some.length * seats), from * seats);
        lists.strengths.set(strengths.subarray(0, some.length * seats), from * seats);
      }
      return lists;
    },
  };
}

function start(parts: ReadonlyMap<string, Part>) {
  const memory = new WebAssembly.Memory({ initial: pagesFor(parts) });
  const { addresses, layout } = write(parts, memory);
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (char) => char.charCodeAt(0)));
  const instance = new WebAssembly.Instance(compiled, { env: { memory, abort: fail } });
  const kernel = instance.exports as unknown as Exports; // the module is ours
  kernel.open(layout);
  return { kernel, memory, addresses };
}

/** A part of the layout: an array that is copied, room for one, or a number. */
type Part = Int32Array | Float64Array | { readonly bytes: number } | number;

interface Room {
  readonly lists: number;
  readonly k: number;
  readonly perOwner: number;
}

/**
 * The layout in the order in which `assembly/kernel.ts` reads it. `rows` are the sheet's, or those and more behind them, which are in
 * no cell: whatever is found is a row of the sheet.
 */
function partsOf(sheet: Sheet, rows: Rows, { lists, k, perOwner }: Room): ReadonlyMap<string, Part> {
  const { postings, idRanks, minSharedDays } = sheet;
  const { count } = sheet.rows;
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
    ['stamps', numbers(count)],
    ['candidates', numbers(count)],
    ['found', numbers(count)],
    ['strengths', { bytes: count * 8 }],
    ['wanted', numbers(entries.words)],
    ['shuffles', numbers(16 * 4)],
    ['lengths', numbers(lists)],
    ['partnerRows', numbers(lists * k)],
    ['listStrengths', { bytes: lists * k * 8 }],
    ['floors', new Float64Array(lists).fill(k === 0 ? Infinity : -1)],
    ['rowCount', count],
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
    ['told', numbers(count)],
    ['postingEnds', postings.ends],
    ['blockEnds', postings.blockEnds],
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
