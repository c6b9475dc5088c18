/** What a name is compared by: without case, accents, doubled blanks and Unicode form. */
export function foldName(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** The codes of places by each name and alias, folded; names that several places share lead to all of them. */
export function indexNames(
  rows: readonly { readonly code: string; readonly name: string; readonly aliases: readonly string[] }[],
): ReadonlyMap<string, readonly string[]> {
  const named = rows.flatMap(({ code, name, aliases }) =>
    [...new Set([name, ...aliases].map(foldName))].map((folded) => ({ folded, code })),
  );
  return new Map(
    [...Map.groupBy(named, ({ folded }) => folded)].map(([folded, same]) => [folded, same.map(({ code }) => code)]),
  );
}
