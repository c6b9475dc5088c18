/** An unfolded line of a file, with the number of the line it begins on, from 1. */
export interface ContentLine {
  readonly row: number;
  readonly text: string;
}

/** A component of a file: `VEVENT`, `VTIMEZONE`, … */
export interface Component {
  readonly name: string;
  /** The line of its BEGIN. */
  readonly row: number;
  readonly lines: readonly ContentLine[];
  readonly inside: readonly Component[];
  /** Whether its END was there. */
  readonly ended: boolean;
}

interface OpenComponent extends Component {
  readonly lines: ContentLine[];
  readonly inside: Component[];
}

/** Deeper than any component of RFC 5545 and its extensions; what is deeper counts as a part of the one around it. */
const DEEPEST = 8;

/** How the bytes of a file become lines. */
interface Encoding {
  /** A character a byte, or the text itself. */
  readonly text: string;
  /** What a line of it says once it is unfolded: folding may cut through characters. */
  decode(line: string): string;
}

/** UTF-8 whatever the file says, UTF-16 by its mark. Bytes that are neither become U+FFFD. */
function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  if (utf16 !== null) return { text: new TextDecoder(utf16).decode(bytes), decode: (line) => line };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '');
  const isAscii = (line: string): boolean => /^[\0-\x7F]*$/.test(line);
  return { text, decode: (line) => (isAscii(line) ? line : Buffer.from(line, 'latin1').toString('utf8')) };
}

/** The components of a file, whatever is around them passed over; and its last line. Time and memory grow with its length. */
export function readComponents(bytes: Uint8Array): {
  readonly components: readonly Component[];
  readonly lastRow: number;
} {
  const { text, decode } = encodingOf(bytes);
  const roots: Component[] = [];
  const open: OpenComponent[] = [];
  const close = (ended: boolean): void => {
    const closed = open.pop();
    if (closed) (open.at(-1)?.inside ?? roots).push(ended ? closed : { ...closed, ended: false });
  };
  let lastRow = 1;
  for (const { row, text: folded } of unfold(text)) {
    const line = { row, text: decode(folded) };
    lastRow = row;
    const [, edge, written = ''] = /^(BEGIN|END):(.*)$/i.exec(line.text) ?? [];
    const name = written.trim().toUpperCase();
    if (edge === undefined) open.at(-1)?.lines.push(line);
    else if (edge.toUpperCase() === 'BEGIN') {
      // Events hold no events: the END of the one before was lost.
      if (name === 'VEVENT') while (open.some((one) => one.name === 'VEVENT')) close(false);
      if (open.length < DEEPEST) open.push({ name, row: line.row, lines: [], inside: [], ended: true });
    } else if (open.some((one) => one.name === name)) {
      while (open.at(-1)?.name !== name) close(false);
      close(true);
    }
  }
  while (open.length > 0) close(false);
  return { components: roots, lastRow };
}

/** Lines that begin with a blank go on where the one before ended (RFC 5545, 3.1). Any end of line is one. */
function* unfold(text: string): Generator<ContentLine> {
  let parts: string[] = [];
  let start = 0;
  let row = 0;
  for (const line of text.split(/\r\n|\n|\r/)) {
    row += 1;
    if (parts.length > 0 && /^[ \t]/.test(line)) {
      parts.push(line.slice(1));
      continue;
    }
    if (parts.length > 0) yield { row: start, text: parts.join('') };
    parts = line === '' ? [] : [line];
    start = row;
  }
  if (parts.length > 0) yield { row: start, text: parts.join('') };
}
