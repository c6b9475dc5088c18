import { SaxesParser } from 'saxes';
import { PlainError } from '../../platform/plain-error.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What follows the elements of a file, and makes values of type T of some of them. */
export interface ElementListener<T> {
  /** @param line counted from 1 */
  open(element: string, attributes: Attributes, line: number): void;
  text(text: string): void;
  /** What this end tag completes, or null. */
  close(): T | null;
}

/** No element of an honest file lies deeper. */
const DEEPEST = 100;
/** Characters of one text, tag or comment; the longest seen in real files is a narrative of 12,192. */
const LONGEST = 1_000_000;

/**
 * Reads an XML file while it comes: no tree is built, and what is in memory is what the listener keeps. Elements and attributes
 * are named as written, with their prefixes.
 *
 * A document type declaration is refused, and with it every entity beyond XML's own five: that is how XML reads other files,
 * calls other hosts and grows without bound.
 * @throws PlainError that names file and line, for what is no well-formed XML or beyond the limits.
 */
export async function* readXml<T>(
  text: AsyncIterable<string>,
  listener: ElementListener<T>,
  fileName: string,
): AsyncGenerator<T> {
  const parser = new SaxesParser({ position: true, xmlns: false });
  const refuse = (why: string): never => {
    throw new PlainError(`${fileName} line ${String(parser.line)}: ${why}`);
  };
  let complete: T[] = [];
  let depth = 0;
  let written = 0;
  let lastMarkup = 0;
  parser.on('error', (error) => refuse(`no well-formed XML (${withoutPosition(error.message)}).`));
  parser.on('doctype', () => refuse(NO_DOCTYPE));
  parser.on('opentag', ({ name, attributes }) => {
    lastMarkup = parser.position;
    depth += 1;
    if (depth > DEEPEST) refuse(`elements within elements, deeper than ${String(DEEPEST)}.`);
    listener.open(name, attributes, parser.line);
  });
  parser.on('text', (part) => {
    lastMarkup = parser.position;
    listener.text(part);
  });
  parser.on('cdata', (part) => {
    lastMarkup = parser.position;
    listener.text(part);
  });
  parser.on('comment', () => {
    lastMarkup = parser.position;
  });
  parser.on('closetag', () => {
    lastMarkup = parser.position;
    depth -= 1;
    const value = listener.close();
    if (value !== null) complete.push(value);
  });

  for await (const chunk of text) {
    for (let from = 0; from < chunk.length; from += LONGEST) {
      const part = chunk.slice(from, from + LONGEST);
      parser.write(part);
      // The parser's own position is true only while it calls us.
      written += part.length;
      if (written - lastMarkup > LONGEST) refuse(`more than ${String(LONGEST)} characters in one text or tag.`);
      yield* complete;
      complete = [];
    }
  }
  parser.close();
  yield* complete;
}

const NO_DOCTYPE =
  'a document type declaration (<!DOCTYPE …>), which is refused because it can make a file grow without bound or read others.';

/** Saxes puts `line:column: ` before its messages. */
function withoutPosition(message: string): string {
  return message.replace(/^(?:undefined:)?\d+:\d+: /, '').replace(/\.$/, '');
}
