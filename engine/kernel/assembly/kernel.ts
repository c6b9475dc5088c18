// AssemblyScript: the inner loops of ../../columns, step for step, over a sheet that open-kernel.ts has copied into linear memory.
// What the arrays hold is said there and in the columns; here are only loads, ANDs and popcounts. Loads have no bounds checks.

/** Where the layout lies: one u32 for each field below, in this order. */
let layout: usize = 0;

// @ts-ignore: decorator
@inline function field(at: usize): usize {
  return <usize>load<u32>(layout + (at << 2));
}
// @ts-ignore: decorator
@inline function at(array: usize, index: i32): i32 {
  return load<i32>(array + ((<usize>index) << 2));
}

let starts: usize, ends: usize, owners: usize, topics: usize, partnerOffsets: usize, partnerItems: usize;
let entryOffsets: usize, entryCells: usize, entryMasks: usize, records: usize, idRanks: usize;
let cellStarts: usize, cellWords: usize, cellLaterWords: usize, postingRows: usize, postingOwners: usize;
let masks: usize, laterWords: usize, postingTopics: usize, ofEntries: usize, audiences: usize, themes: usize;
let stamps: usize, candidates: usize, found: usize, strengths: usize, wanted: usize, shuffles: usize;
let lengths: usize, partnerRows: usize, listStrengths: usize, floors: usize, weights: usize, told: usize;
let postingEnds: usize, blockEnds: usize;
let rowCount: i32, postingCount: i32, maskWords: i32, topicWords: i32, stride: i32, themesFrom: i32, channelsFrom: i32;
let languagesFrom: i32, firstCorridor: i32, minSharedDays: i32, anyPartners: i32, k: i32, perOwner: i32;
let search: i32 = 0;

export function open(header: usize): void {
  layout = header;
  starts = field(0);
  ends = field(1);
  owners = field(2);
  topics = field(3);
  partnerOffsets = field(4);
  partnerItems = field(5);
  entryOffsets = field(6);
  entryCells = field(7);
  entryMasks = field(8);
  records = field(9);
  idRanks = field(10);
  cellStarts = field(11);
  cellWords = field(12);
  cellLaterWords = field(13);
  postingRows = field(14);
  postingOwners = field(15);
  masks = field(16);
  laterWords = field(17);
  postingTopics = field(18);
  ofEntries = field(19);
  audiences = field(20);
  themes = field(21);
  stamps = field(22);
  candidates = field(23);
  found = field(24);
  strengths = field(25);
  wanted = field(26);
  shuffles = field(27);
  lengths = field(28);
  partnerRows = field(29);
  listStrengths = field(30);
  floors = field(31);
  weights = field(45);
  told = field(46);
  postingEnds = field(47);
  blockEnds = field(48);
  rowCount = <i32>field(32);
  postingCount = <i32>field(33);
  maskWords = <i32>field(34);
  topicWords = <i32>field(35);
  stride = <i32>field(36);
  themesFrom = <i32>field(37);
  channelsFrom = <i32>field(38);
  languagesFrom = <i32>field(39);
  firstCorridor = <i32>field(40);
  minSharedDays = <i32>field(41);
  anyPartners = <i32>field(42);
  k = <i32>field(43);
  perOwner = <i32>field(44);
  // The shuffle that packs the lanes whose bits are set to the front.
  for (let bits = 0; bits < 16; bits++) {
    let lane = 0;
    for (let from = 0; from < 4; from++) {
      if (!(bits & (1 << from))) continue;
      for (let byte = 0; byte < 4; byte++) store<u8>(shuffles + bits * 16 + lane * 4 + byte, <u8>(from * 4 + byte));
      lane++;
    }
  }
}

const PRESENT: i32 = 1 << 31;
const FIRST: i32 = 1;
const LEVELS: i32 = 4;
/** Postings a block; as in the columns. */
const BLOCK: i32 = 64;

function lowerBound(numbers: usize, least: i32, low: i32, high: i32): i32 {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(numbers, middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many words of `wanted` there are to the last that is not empty. */
function want(entry: i32, cell: i32): i32 {
  const own = entryMasks + ((<usize>(entry * maskWords)) << 2);
  const first = load<i32>(own);
  const isCorridor = cell >= firstCorridor;
  let isAll = (first & FIRST) != 0;
  if (isCorridor) {
    let seats = popcnt<i32>(first & ~PRESENT & ~FIRST);
    for (let word = 1; word < maskWords; word++) seats += popcnt<i32>(at(own, word));
    isAll = seats > 1;
  }
  store<i32>(wanted, isAll ? PRESENT : isCorridor ? ~first & ~PRESENT & ~FIRST : (first & ~PRESENT) | FIRST);
  let used = 1;
  if (isAll) return used;
  const words = at(cellWords, cell);
  for (let word = 1; word < words; word++) {
    const mask = isCorridor ? ~at(own, word) : at(own, word);
    store<i32>(wanted + ((<usize>word) << 2), mask);
    if (mask != 0) used = word + 1;
  }
  return used;
}

/** Of the postings of one cell, those that pass. Those of rows that begin no earlier than the own one: all of them last until it begins. */
function filter(row: i32, entry: i32, cell: i32, from: i32, limit: i32): i32 {
  return filterSome(row, entry, cell, want(entry, cell), from, limit, 0, 0, false);
}

/**
 * Leaves the rows of the postings that pass behind the first `count` candidates, each times four with two bits beside it: in a country
 * the place level, on a corridor whether both state it. Four postings a step; a table of shuffles packs those that pass. Returns the
 * new count. Of `old` ones only those pass that end no earlier than `leastEnd`; a constant, so that there are two of these loops.
 */
// @ts-ignore: decorator
@inline function filterSome(
  row: i32,
  entry: i32,
  cell: i32,
  placeWords: i32,
  from: i32,
  limit: i32,
  leastEnd: i32,
  count: i32,
  old: bool,
): i32 {
  const isCorridor = cell >= firstCorridor;
  const words = at(cellWords, cell);
  const own = entryMasks + ((<usize>(entry * maskWords)) << 2);
  const ownTopics = topics + ((<usize>(row * topicWords)) << 2);
  const zero = i32x4.splat(0);
  const wantedFirst = v128.load32_splat(wanted);
  const topicFirst = v128.load32_splat(ownTopics);
  const owner = i32x4.splat(at(owners, row));
  // What makes the lower bits: shared places but for the mark, or that both state it.
  const ownFirst = i32x4.splat(load<i32>(own) & (isCorridor ? FIRST : ~PRESENT));
  const levelBase = i32x4.splat(isCorridor ? 0 : 2);
  const one = i32x4.splat(1);
  const cellStart = at(cellStarts, cell);
  const size = at(cellStarts, cell + 1) - cellStart;
  const later = laterWords + ((<usize>(at(cellLaterWords, cell) - cellStart)) << 2);
  let out = candidates + ((<usize>count) << 2);
  const last = i32x4.splat(leastEnd);
  let positions = i32x4.add(i32x4.splat(from), i32x4(0, 1, 2, 3));
  const end = i32x4.splat(limit);
  const four = i32x4.splat(4);
  for (let posting = from; posting < limit; posting += 4) {
    const offset = (<usize>posting) << 2;
    const mask = v128.load(masks + offset);
    let places = v128.and(mask, wantedFirst);
    let same = v128.and(mask, ownFirst);
    for (let word = 1; word < words; word++) {
      const laterMask = v128.load(later + offset + ((<usize>((word - 1) * size)) << 2));
      if (word < placeWords)
        places = v128.or(places, v128.and(laterMask, v128.load32_splat(wanted + ((<usize>word) << 2))));
      if (!isCorridor) same = v128.or(same, v128.and(laterMask, v128.load32_splat(own + ((<usize>word) << 2))));
    }
    let shared = v128.and(v128.load(postingTopics + offset), topicFirst);
    for (let word = 1; word < topicWords; word++)
      shared = v128.or(
        shared,
        v128.and(
          v128.load(postingTopics + offset + ((<usize>(word * postingCount)) << 2)),
          v128.load32_splat(ownTopics + ((<usize>word) << 2)),
        ),
      );
    let passes = v128.and(
      v128.and(i32x4.ne(places, zero), i32x4.ne(shared, zero)),
      v128.and(i32x4.ne(v128.load(postingOwners + offset), owner), i32x4.lt_s(positions, end)),
    );
    if (old) passes = v128.and(passes, i32x4.ge_s(v128.load(postingEnds + offset), last));
    const bits = i32x4.bitmask(passes);
    const level = v128.or(levelBase, v128.and(i32x4.ne(same, zero), one));
    const codes = v128.or(i32x4.shl(v128.load(postingRows + offset), 2), level);
    v128.store(out, i8x16.swizzle(codes, v128.load(shuffles + ((<usize>bits) << 4))));
    out += (<usize>popcnt<i32>(bits)) << 2;
    positions = i32x4.add(positions, four);
  }
  return <i32>((out - candidates) >> 2);
}

function isPartnerOf(row: i32, actor: i32): bool {
  const end = at(partnerOffsets, row + 1);
  for (let i = at(partnerOffsets, row); i < end; i++) if (at(partnerItems, i) == actor) return true;
  return false;
}

// @ts-ignore: decorator
@inline function workTogether(row: i32, other: i32): bool {
  return anyPartners != 0 && (isPartnerOf(row, at(owners, other)) || isPartnerOf(other, at(owners, row)));
}

function shares(facet: usize, words: i32, row: i32, other: i32): bool {
  for (let word = 0; word < words; word++)
    if ((at(facet, row * words + word) & at(facet, other * words + word)) != 0) return true;
  return false;
}

function openSearch(): void {
  search += LEVELS;
  if (search < i32.MAX_VALUE - LEVELS) return;
  memory.fill(stamps, 0, (<usize>rowCount) << 2);
  search = LEVELS;
}

/** Leaves the later rows that a row meets in `found` and their place levels in `stamps`; returns their number. */
export function seekLater(row: i32): i32 {
  openSearch();
  const limitRow = lowerBound(starts, at(ends, row) - minSharedDays + 1, row, rowCount);
  const lastEntry = at(entryOffsets, row + 1);
  let count = 0;
  for (let entry = at(entryOffsets, row); entry < lastEntry; entry++) {
    const cell = at(entryCells, entry);
    const from = at(ofEntries, entry) + 1;
    const limit = lowerBound(postingRows, limitRow, from, at(cellStarts, cell + 1));
    const passed = filter(row, entry, cell, from, limit);
    count = cell >= firstCorridor ? admitOnCorridor(row, passed, count) : admitInCountry(row, passed, count);
  }
  return count;
}

/** The same of all rows, earlier and later, that a row meets; it may be one that is in no cell and only looks. */
export function seekAll(row: i32): i32 {
  openSearch();
  const start = at(starts, row);
  const leastEnd = start + minSharedDays;
  const limitRow = lowerBound(starts, at(ends, row) - minSharedDays + 1, 0, rowCount);
  const youngRow = lowerBound(starts, start, 0, rowCount);
  const lastEntry = at(entryOffsets, row + 1);
  let count = 0;
  for (let entry = at(entryOffsets, row); entry < lastEntry; entry++) {
    const cell = at(entryCells, entry);
    const from = at(cellStarts, cell);
    const limit = lowerBound(postingRows, limitRow, from, at(cellStarts, cell + 1));
    const young = lowerBound(postingRows, youngRow, from, limit);
    const placeWords = want(entry, cell);
    let passed = filterOld(row, entry, cell, placeWords, from, young, leastEnd);
    passed = filterSome(row, entry, cell, placeWords, young, limit, 0, passed, false);
    count = cell >= firstCorridor ? admitOnCorridor(row, passed, count) : admitInCountry(row, passed, count);
  }
  return count;
}

/** Of postings of rows that begin earlier, those that have not ended; blocks that are over as a whole are passed over. */
function filterOld(row: i32, entry: i32, cell: i32, placeWords: i32, from: i32, limit: i32, leastEnd: i32): i32 {
  let count = 0;
  for (let posting = from; posting < limit; ) {
    const block = posting / BLOCK;
    const next = min(limit, (block + 1) * BLOCK);
    if (at(blockEnds, block) >= leastEnd)
      count = filterSome(row, entry, cell, placeWords, posting, next, leastEnd, count, true);
    posting = next;
  }
  return count;
}

function admitInCountry(own: i32, passed: i32, count: i32): i32 {
  for (let i = 0; i < passed; i++) {
    const code = at(candidates, i);
    const row = code >>> 2;
    const stamp = search + (code & 3);
    const place = stamps + ((<usize>row) << 2);
    const before = load<i32>(place);
    if (before >= search) {
      if (before < stamp) store<i32>(place, stamp);
      continue;
    }
    if (workTogether(own, row)) continue;
    store<i32>(place, stamp);
    store<i32>(found + ((<usize>count) << 2), row);
    count++;
  }
  return count;
}

function admitOnCorridor(own: i32, passed: i32, count: i32): i32 {
  for (let i = 0; i < passed; i++) {
    const code = at(candidates, i);
    const row = code >>> 2;
    const place = stamps + ((<usize>row) << 2);
    if (load<i32>(place) >= search) continue;
    if (
      !(code & 1) &&
      !(shares(audiences, themesFrom - 4, own, row) && shares(themes, channelsFrom - themesFrom, own, row))
    )
      continue;
    if (workTogether(own, row)) continue;
    store<i32>(place, search + 1);
    store<i32>(found + ((<usize>count) << 2), row);
    count++;
  }
  return count;
}

// @ts-ignore: decorator
@inline function countShared(one: usize, other: usize, from: i32, to: i32): i32 {
  let shared = 0;
  for (let word = from; word < to; word++) shared += popcnt<i32>(at(one, word) & at(other, word));
  return shared;
}

// @ts-ignore: decorator
@inline function part(weight: f64, shared: i32, sizes: i32): f64 {
  return weight * (<f64>shared / <f64>max(1, sizes - shared));
}

/** Weighs the first `count` of `found` against a row. */
function weigh(row: i32, count: i32): void {
  // Four words of facets, one each: no facet takes several.
  if (stride == 8) weighOneWord(row, count);
  else weighSeveralWords(row, count);
}

// @ts-ignore: decorator
@inline function timeSimilarity(own: usize, its: usize): f64 {
  const start = at(its, 0);
  const end = at(its, 1);
  return <f64>(min(end, at(own, 1)) - max(start, at(own, 0))) / <f64>min(end - start, at(own, 1) - at(own, 0));
}

/** All four facets of a pair at once; the sum in the same order as everywhere. */
function weighOneWord(row: i32, count: i32): void {
  const timeWeight = load<f64>(weights, 48);
  const topicWeights = v128.load(weights, 32);
  const mannerWeights = v128.load(weights, 56);
  const own = records + (<usize>(row * stride) << 2);
  const ownFacets = v128.load(own, 16);
  const ownSizes = v128.load16x4_u(own, 8);
  const one = i32x4.splat(1);
  for (let i = 0; i < count; i++) {
    const other = at(found, i);
    const its = records + (<usize>(other * stride) << 2);
    const level = at(stamps, other) & 3;
    const bytes = i8x16.popcnt(v128.and(v128.load(its, 16), ownFacets));
    const shared = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
    const all = i32x4.max_s(one, i32x4.sub(i32x4.add(ownSizes, v128.load16x4_u(its, 8)), shared));
    const topics = f64x2.mul(
      topicWeights,
      f64x2.div(f64x2.convert_low_i32x4_s(shared), f64x2.convert_low_i32x4_s(all)),
    );
    const sharedManners = v128.shuffle<i32>(shared, shared, 2, 3, 2, 3);
    const allManners = v128.shuffle<i32>(all, all, 2, 3, 2, 3);
    const manners = f64x2.mul(
      mannerWeights,
      f64x2.div(f64x2.convert_low_i32x4_s(sharedManners), f64x2.convert_low_i32x4_s(allManners)),
    );
    const sum =
      load<f64>(weights + (<usize>level << 3)) +
      f64x2.extract_lane(topics, 0) +
      f64x2.extract_lane(topics, 1) +
      timeWeight * timeSimilarity(own, its) +
      f64x2.extract_lane(manners, 0) +
      f64x2.extract_lane(manners, 1);
    store<f64>(strengths + (<usize>i << 3), sum / 100);
  }
}

function weighSeveralWords(row: i32, count: i32): void {
  const audienceWeight = load<f64>(weights, 32);
  const themeWeight = load<f64>(weights, 40);
  const timeWeight = load<f64>(weights, 48);
  const channelWeight = load<f64>(weights, 56);
  const languageWeight = load<f64>(weights, 64);
  const own = records + ((<usize>(row * stride)) << 2);
  const ownTopics = at(own, 2);
  const ownManners = at(own, 3);
  for (let i = 0; i < count; i++) {
    const other = at(found, i);
    const its = records + ((<usize>(other * stride)) << 2);
    const level = at(stamps, other) & 3;
    const topicSizes = at(its, 2);
    const mannerSizes = at(its, 3);
    const sum =
      load<f64>(weights + ((<usize>level) << 3)) +
      part(audienceWeight, countShared(own, its, 4, themesFrom), (topicSizes & 0xffff) + (ownTopics & 0xffff)) +
      part(themeWeight, countShared(own, its, themesFrom, channelsFrom), (topicSizes >>> 16) + (ownTopics >>> 16)) +
      timeWeight * timeSimilarity(own, its) +
      part(
        channelWeight,
        countShared(own, its, channelsFrom, languagesFrom),
        (mannerSizes & 0xffff) + (ownManners & 0xffff),
      ) +
      part(languageWeight, countShared(own, its, languagesFrom, stride), (mannerSizes >>> 16) + (ownManners >>> 16));
    store<f64>(strengths + ((<usize>i) << 3), sum / 100);
  }
}

/** Offers all pairs whose lower row is in `[fromRow, toRow)` to the lists of both, from the last row to the first. */
export function offerPairs(fromRow: i32, toRow: i32): void {
  for (let row = toRow - 1; row >= fromRow; row--) offerFound(row, seekLater(row));
}

/** Weighs the first `count` of `found`, and offers them and the row to each other; but for those whose overlap is told by parts. */
export function offerFound(row: i32, count: i32): void {
  weigh(row, count);
  for (let i = 0; i < count; i++) {
    const other = at(found, i);
    const strength = load<f64>(strengths + (<usize>i << 3));
    const ranksHere = strength >= load<f64>(floors + (<usize>row << 3));
    const ranksThere = strength >= load<f64>(floors + (<usize>other << 3));
    if (!(ranksHere || ranksThere) || at(told, other) == row) continue;
    if (ranksHere) offer(row, other, strength);
    if (ranksThere) offer(other, row, strength);
  }
}

/** Weighs the first `count` of `found`, and offers them to one list of the row's own; but for those whose overlap is told by parts. */
export function offerToList(row: i32, list: i32, count: i32): void {
  weigh(row, count);
  for (let i = 0; i < count; i++) {
    const other = at(found, i);
    const strength = load<f64>(strengths + (<usize>i << 3));
    if (strength < load<f64>(floors + (<usize>list << 3)) || at(told, other) == row) continue;
    offer(list, other, strength);
  }
}

function offer(row: i32, partner: i32, strength: f64): void {
  const partners = partnerRows + ((<usize>(row * k)) << 2);
  const values = listStrengths + ((<usize>(row * k)) << 3);
  const length = at(lengths, row);
  const rank = at(idRanks, partner);
  let seat = length;
  for (; seat > 0; seat--) {
    const other = load<f64>(values + ((<usize>(seat - 1)) << 3));
    if (other > strength || (other == strength && at(idRanks, at(partners, seat - 1)) < rank)) break;
  }
  const leaves = findLeaving(partners, length, seat, partner);
  if (leaves < seat) return;
  for (let i = leaves; i > seat; i--) {
    store<i32>(partners + ((<usize>i) << 2), at(partners, i - 1));
    store<f64>(values + ((<usize>i) << 3), load<f64>(values + ((<usize>(i - 1)) << 3)));
  }
  store<i32>(partners + ((<usize>seat) << 2), partner);
  store<f64>(values + ((<usize>seat) << 3), strength);
  const now = leaves == length ? length + 1 : length;
  store<i32>(lengths + ((<usize>row) << 2), now);
  if (now == k) store<f64>(floors + ((<usize>row) << 3), load<f64>(values + ((<usize>(k - 1)) << 3)));
}

function findLeaving(partners: usize, length: i32, seat: i32, partner: i32): i32 {
  const end = length < k ? length : k - 1;
  if (perOwner >= k) return end;
  const owner = at(owners, partner);
  let ofOwner = 0;
  let last = -1;
  for (let i = 0; i < length; i++) {
    if (at(owners, at(partners, i)) != owner) continue;
    ofOwner++;
    last = i;
    if (ofOwner >= perOwner && i < seat) return -1;
  }
  return ofOwner >= perOwner ? last : end;
}
