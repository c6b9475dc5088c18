import { PlainError } from '../../platform/plain-error.ts';

/** Where the declaration `<?xml … encoding="…"?>` must have ended. */
const DECLARATION_BYTES = 200;

/**
 * The text of an XML file, piece by piece as its bytes come: UTF-8 unless a byte order mark or the declaration says otherwise.
 * @throws PlainError for an encoding nobody knows and for bytes that are no text in the encoding.
 */
export async function* xmlText(bytes: AsyncIterable<Uint8Array>, fileName: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let head: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    if (decoder) {
      yield decode(decoder, chunk, fileName);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < DECLARATION_BYTES) continue;
    decoder = decoderFor(head, fileName);
    yield decode(decoder, head, fileName);
  }
  if (decoder) yield decode(decoder, null, fileName);
  else {
    decoder = decoderFor(head, fileName);
    yield decode(decoder, head, fileName) + decode(decoder, null, fileName);
  }
}

function decoderFor(head: Uint8Array, fileName: string): TextDecoder {
  const encoding = encodingOf(head);
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new PlainError(`${fileName} says it is encoded in "${encoding}", which is no encoding known here.`);
  }
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Every other encoding allowed writes the declaration in ASCII.
  const start = Buffer.from(head.subarray(0, DECLARATION_BYTES)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

/** @param bytes null at the end of the file */
function decode(decoder: TextDecoder, bytes: Uint8Array | null, fileName: string): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw new PlainError(`${fileName} has bytes that are no text in ${decoder.encoding}, the encoding it is read in.`);
  }
}
