/**
 * Hashes as PostgreSQL's own functions for partitions and joins give them, so that both sides can work out one number for the same
 * values without sending them. Not for secrets. On machines that store numbers the other way round PostgreSQL's differ.
 * Source: src/common/hashfn.c, `hash_bytes_extended` (Bob Jenkins, lookup3).
 */

/** 64 bits, in halves of 32. */
export interface Hash {
  readonly high: number;
  readonly low: number;
}

const SEED_OF_NOTHING: Hash = { high: 0, low: 0 };
const encoder = new TextEncoder();
const number = new Float64Array(1);
const numberWords = new Uint32Array(number.buffer);

/** As `hashtextextended(text collate "C", seed)`. */
export function hashText(text: string, seed: Hash = SEED_OF_NOTHING): Hash {
  const bytes = encoder.encode(text);
  const words = new DataView(bytes.buffer);
  begin(bytes.length, seed);
  let at = 0;
  for (; bytes.length - at >= 12; at += 12) {
    a += words.getUint32(at, true);
    b += words.getUint32(at + 4, true);
    c += words.getUint32(at + 8, true);
    mix();
  }
  const rest = (from: number, places: number): number => {
    let word = 0;
    for (let place = 0; place < places && at + from + place < bytes.length; place++)
      word += (bytes[at + from + place] ?? 0) * 2 ** (8 * place);
    return word;
  };
  a += rest(0, 4);
  b += rest(4, 4);
  // The lowest byte of the last word is the length's.
  c += rest(8, 3) * 256;
  return end();
}

/** As `hashfloat8extended(value, seed)`, of anything but NaN. */
export function hashNumber(value: number, seed: Hash): Hash {
  if (value === 0) return seed;
  number[0] = value;
  begin(8, seed);
  a += numberWords[0] ?? 0;
  b += numberWords[1] ?? 0;
  return end();
}

// One calculation at a time: none of it waits.
let a = 0;
let b = 0;
let c = 0;

function begin(length: number, { high, low }: Hash): void {
  a = b = c = (0x9e3779b9 + length + 3_923_095) | 0;
  if (high === 0 && low === 0) return;
  a = (a + high) | 0;
  b = (b + low) | 0;
  mix();
}

const turned = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function mix(): void {
  a = (a - c) ^ turned(c, 4);
  c = (c + b) | 0;
  b = (b - a) ^ turned(a, 6);
  a = (a + c) | 0;
  c = (c - b) ^ turned(b, 8);
  b = (b + a) | 0;
  a = (a - c) ^ turned(c, 16);
  c = (c + b) | 0;
  b = (b - a) ^ turned(a, 19);
  a = (a + c) | 0;
  c = (c - b) ^ turned(b, 4);
  b = (b + a) | 0;
}

function end(): Hash {
  a |= 0;
  b |= 0;
  c |= 0;
  c = ((c ^ b) - turned(b, 14)) | 0;
  a = ((a ^ c) - turned(c, 11)) | 0;
  b = ((b ^ a) - turned(a, 25)) | 0;
  c = ((c ^ b) - turned(b, 16)) | 0;
  a = ((a ^ c) - turned(c, 4)) | 0;
  b = ((b ^ a) - turned(a, 14)) | 0;
  c = ((c ^ b) - turned(b, 24)) | 0;
  return { high: b, low: c };
}
