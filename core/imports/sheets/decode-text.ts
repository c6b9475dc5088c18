import { PlainError } from '../../../platform/plain-error.ts';

export interface DecodedText {
  readonly text: string;
  /** Its name as the WHATWG Encoding Standard has it: `utf-8`, `windows-1252`. */
  readonly encoding: string;
}

/** A text of UTF-8 with this share of broken bytes among its letters beyond ASCII is damaged UTF-8, and not another encoding. */
const DAMAGE = 0.1;
/** As above for the bytes 0 that UTF-16 puts beside each letter of ASCII. */
const ZEROS = 0.2;

/**
 * The text of a file: as its byte order mark says, else UTF-8 or UTF-16 if it reads as such, else Windows-1252, in which every
 * file of bytes is some text. No byte order mark is left.
 * @param encoding given by whoever knows
 * @throws PlainError for a name that no encoding has
 */
export function decodeText(bytes: Uint8Array, fileName: string, encoding?: string): DecodedText {
  const chosen = encoding ?? marked(bytes) ?? unmarkedUtf16(bytes);
  if (chosen !== null) return decode(bytes, chosen, fileName);
  const asUtf8 = decode(bytes, 'utf-8', fileName);
  const broken = count(asUtf8.text, /\ufffd/g);
  const foreign = count(asUtf8.text, /[^\0-\x7f]/g);
  return broken === 0 || broken < foreign * DAMAGE ? asUtf8 : decode(bytes, 'windows-1252', fileName);
}

function marked([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

function unmarkedUtf16(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 4_000);
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros.map((number) => number / Math.max(1, head.length));
  if (even < ZEROS && odd < ZEROS) return null;
  return odd >= even ? 'utf-16le' : 'utf-16be';
}

function decode(bytes: Uint8Array, encoding: string, fileName: string): DecodedText {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding);
  } catch {
    throw new PlainError(
      `${fileName}: no encoding is called "${encoding}". Usual ones are utf-8, utf-16le, windows-1252.`,
    );
  }
  return { text: decoder.decode(bytes), encoding: decoder.encoding };
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  while (pattern.exec(text)) found += 1;
  return found;
}
