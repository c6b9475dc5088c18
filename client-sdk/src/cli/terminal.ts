import { styleText } from 'node:util';
import Table from 'cli-table3';

/** Where a command writes, and what that can show. */
export interface Terminal {
  /** For results. */
  print(text: string): void;
  /** For what people are told beside them. */
  tell(text: string): void;
  readonly hasColours: boolean;
  /** Columns. Null: it is no terminal, and nothing is cut to a width. */
  readonly width: number | null;
  /** Whether somebody can be asked. */
  readonly isInteractive: boolean;
}

/** Standard output and error; colours only where a person looks at them and has not asked for none (https://no-color.org). */
export function processTerminal(environment: NodeJS.ProcessEnv): Terminal {
  const { stdout, stderr, stdin } = process;
  return {
    print: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    hasColours: stdout.isTTY && (environment['NO_COLOR'] ?? '') === '',
    width: stdout.isTTY ? stdout.columns : null,
    isInteractive: stdin.isTTY && stderr.isTTY,
  };
}

const GAP = 2;
/** Narrower than this no sentence can be read. */
const NARROWEST = 24;
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** Rows under headings. On a terminal the last column takes what is left, and is wrapped. */
export function tableOf(terminal: Terminal, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.slice(0, -1).map((name, column) => {
    const longest = Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0));
    return longest + GAP;
  });
  const left = (terminal.width ?? 0) - widths.reduce((sum, width) => sum + width, 0);
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    head: head.map((name) => (terminal.hasColours ? styleText('bold', name, { validateStream: false }) : name)),
    ...(terminal.width !== null && { colWidths: [...widths, Math.max(left, NARROWEST)], wordWrap: true }),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
