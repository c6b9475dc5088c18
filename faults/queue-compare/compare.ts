import type pg from 'pg';

/** Lines of text for all rows of what the workers make of events, by what says the same wherever it was made: no random ids, no times. */
const MADE: Readonly<Record<string, string>> = {
  footprint: `select to_jsonb(f) - '{written_at,updated_at,change_xid}'::text[] as line from app.footprint f`,
  footprint_cell: `select to_jsonb(c) as line from app.footprint_cell c`,
  overlap: `select to_jsonb(o) - '{id,found_at,created_at,updated_at,change_xid}'::text[] as line from app.overlap o`,
  gap: `select to_jsonb(g) - '{created_at,updated_at,change_xid}'::text[] as line from app.gap g`,
  composition: `select to_jsonb(c) - '{composed_at}'::text[] as line from app.composition c`,
  // Those that were made of what was half done, and lapsed when the rest was, depend on who came first: the living do not.
  suggestion: `
    select to_jsonb(s) - '{id,version,created_at,updated_at,change_xid}'::text[] || jsonb_build_object('participants', (
      select jsonb_agg(to_jsonb(p) - 'suggestion_id' order by position) from app.suggestion_participant p where suggestion_id = s.id)) as line
    from app.suggestion s where status = 'OPEN'`,
};

/** One table of one database: how many rows, and each as a line, sorted. */
export interface Made {
  readonly table: string;
  readonly lines: readonly string[];
}

export async function readMade(client: pg.Client): Promise<Made[]> {
  const made: Made[] = [];
  for (const [table, query] of Object.entries(MADE)) {
    const { rows } = await client.query<{ line: string }>(
      `select line::text from (${query}) as t order by line::text collate "C"`,
    );
    made.push({ table, lines: rows.map(({ line }) => line) });
  }
  return made;
}

/** What only one of the two holds, a sentence each. */
export function differencesOf(one: readonly Made[], other: readonly Made[]): string[] {
  return one.flatMap(({ table, lines }, at) => {
    const others = other[at]?.lines ?? [];
    const [here, there] = [new Set(lines), new Set(others)];
    return [
      ...lines.filter((line) => !there.has(line)).map((line) => `${table} only on PostgreSQL: ${line}`),
      ...others.filter((line) => !here.has(line)).map((line) => `${table} only on Redis: ${line}`),
      ...(lines.length === others.length
        ? []
        : [`${table}: ${String(lines.length)} rows and ${String(others.length)}`]),
    ];
  });
}
