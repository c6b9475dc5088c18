/** A table as Markdown has them. */
export function table(head: readonly string[], rows: readonly string[]): string {
  return rows.length === 0 ? '' : [cells(head), cells(head.map(() => '---')), ...rows].join('\n');
}

/** A row of it. */
export const cells = (values: readonly (string | number | null | undefined)[]): string =>
  `| ${values.map((value) => (typeof value === 'number' ? value.toLocaleString('en') : (value ?? ''))).join(' | ')} |`;
