/** Who may do what with the rows of a table: a boolean SQL expression a command; a command left out is refused. */
export interface RowRules {
  readonly select?: string;
  readonly insert?: string;
  readonly update?: string;
  readonly delete?: string;
}

export const EVERY_ROW: RowRules = { select: 'true', insert: 'true', update: 'true', delete: 'true' };

const COMMANDS = ['select', 'insert', 'update', 'delete'] as const;

/**
 * Puts a table under row level security, for its owner too. Requests (`concord_app`) see nothing without a session context,
 * whatever the rules say; every command has a rule of its own, so that nothing is allowed by omission. The owner, who runs
 * migrations and the few functions that may look behind the rules, and backups see all rows.
 *
 * Calls of functions in a rule are written `(select app.…())`: PostgreSQL then evaluates them once a statement, not once a row.
 */
export function secure(table: string, rules: { readonly app: RowRules; readonly worker: RowRules }): string {
  const of = (role: 'app' | 'worker'): string =>
    COMMANDS.map((command) => {
      const rule = rules[role][command] ?? 'false';
      const using = command === 'insert' ? '' : ` using (${rule})`;
      const check = command === 'insert' || command === 'update' ? ` with check (${rule})` : '';
      return `create policy ${role}_${command} on ${table} for ${command} to concord_${role}${using}${check};`;
    }).join('\n');
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy guard on ${table} as restrictive for all to concord_app
      using ((select app.has_context())) with check ((select app.has_context()));
    create policy owner_all on ${table} for all to concord_owner using (true) with check (true);
    create policy backup_select on ${table} for select to concord_backup using (true);
    ${of('app')}
    ${of('worker')}`;
}

/** Whether the record with this id is the viewer's to read, whatever its kind; asked of the record's own table and its rules. */
export const readable = (id: string): string => `case left(${id}, 4)
    when 'prg_' then exists (select from programme where programme.id = ${id})
    when 'cmp_' then exists (select from campaign where campaign.id = ${id})
    else exists (select from calendar_entry where calendar_entry.id = ${id}) end`;
