import type { Line } from './report.ts';

/** A table as Markdown has them. */
export function table(head: readonly string[], rows: readonly string[]): string {
  return rows.length === 0 ? '' : [cells(head), cells(head.map(() => '---')), ...rows].join('\n');
}

/** A row of it. */
export const cells = (values: readonly (string | number | null | undefined)[]): string =>
  `| ${values.map((value) => (typeof value === 'number' ? value.toLocaleString('en') : (value ?? ''))).join(' | ')} |`;

/** Lines as they are: a column for each figure that any of them gives, but for what is the same in all and said above. */
export function plainTable(lines: readonly Line[]): string {
  const names = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  const shown = names.filter(
    (name) => name === 'what' || lines.some((line) => line[name] !== lines[0]?.[name]) || lines.length === 1,
  );
  return table(
    shown,
    lines.map((line) => cells(shown.map((name) => line[name]))),
  );
}
