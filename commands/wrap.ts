const COLUMNS = 118;
const INDENT = '  ';

/** A paragraph as lines of at most 118 characters, indented; the later ones a little more. */
export function wrap(paragraph: string): string[] {
  const lines: string[] = [];
  let line = INDENT;
  for (const word of paragraph.split(' ')) {
    if (line.trim() !== '' && line.length + word.length + 1 > COLUMNS) {
      lines.push(line);
      line = INDENT + INDENT;
    }
    line += line.trim() === '' && word !== '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
