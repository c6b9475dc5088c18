import { expect, test } from 'vitest';
import { createLog, type Log, withoutCredentials } from '../../platform/log.ts';

function collect(): { log: Log; lines: Record<string, unknown>[]; text: () => string } {
  const written: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const write = (line: string): void => {
    written.push(line);
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null) lines.push({ ...parsed });
  };
  return { log: createLog('info', { write }), lines, text: () => written.join('') };
}

test('a line carries its level, its instant, its message and the fields that may be logged', () => {
  const { log, lines } = collect();
  log.info({ port: 4000, requestId: 'r1' }, 'Listening');
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      port: 4000,
      requestId: 'r1',
      msg: 'Listening',
    },
  ]);
});

test('a field nobody allowed is left out, and its name tells that it was', () => {
  const { log, lines, text } = collect();
  log.info({ port: 4000, contact: 'someone@example.org', body: { password: 'hunter2' } }, 'Saved');
  const relay = log.child({ shelter: 'Cox’s Bazar', component: 'relay' });
  relay.info('Started');
  relay.child({ district: 'Teknaf', queue: 'match' }).info({ town: 'Ukhia' }, 'Took a job');
  expect(lines[0]).toMatchObject({ port: 4000, hidden: ['contact', 'body'] });
  expect(lines[1]).toMatchObject({ component: 'relay', hidden: ['shelter'] });
  expect(lines[2]).toMatchObject({ component: 'relay', queue: 'match', msg: 'Took a job' });
  expect(text()).not.toMatch(/example\.org|hunter2|Cox|Teknaf|Ukhia/);
});

test('an error shows what describes the fault, and nothing a library hung onto it', () => {
  const { log, lines, text } = collect();
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (name)=(Safe House)' });
  log.error({ err: new Error('Saving failed', { cause }) }, 'Job failed');
  expect(lines[0]).toMatchObject({
    err: { type: 'Error', message: 'Saving failed', cause: { message: 'database error 23505', code: '23505' } },
  });
  expect(text()).not.toContain('Safe House');
});

test('an error of the database tells its code and constraint, and never the statement with what somebody wrote', () => {
  const { log, lines, text } = collect();
  const message = `insert into "programme" ("name") values ('Canary-1') - duplicate key value`;
  log.error({ err: Object.assign(new Error(message), { code: '23505', constraint: 'programme_name' }) }, 'failed');
  log.error({ err: new Error('outer', { cause: Object.assign(new Error(message), { code: '22P02' }) }) }, 'failed');
  expect(lines[0]).toMatchObject({ err: { message: 'database error 23505 (programme_name)', code: '23505' } });
  expect(text()).toMatch(/at .*log\.test\.ts/);
  expect(text()).not.toContain('Canary');
});

test('a name on the list takes no object with it, and no endless text', () => {
  const { log, lines, text } = collect();
  log.info({ reason: { contact: 'Canary-2' }, scopes: ['write', { name: 'Canary-3' }], kind: 'x'.repeat(9_000) }, 'x');
  log.child({ reason: { contact: 'Canary-4' } }).info('y');
  expect(lines[0]).toMatchObject({ reason: '(not a plain value)', scopes: ['write', '(not a plain value)'] });
  expect(text().length).toBeLessThan(3_000);
  expect(text()).not.toContain('Canary');
});

test('tokens are blanked wherever they stand', () => {
  const { log, text } = collect();
  log.error({ reason: 'GET /calendars/Canary5.ics, Authorization: Bearer Canary6.x' }, 'of /unsubscribe/Canary7');
  log.error({ err: new Error('token eyJhbGciOiJFUzI1NiJ9.Canary8.Canary9 refused') }, 'Basic Canary10=');
  expect(text()).not.toContain('Canary');
});

test('credentials are blanked in messages, fields, errors and their stacks', () => {
  const { log, text } = collect();
  const url = 'postgresql://app:hunter2@db:5432/concord';
  log.error(
    { reason: `cannot reach ${url}`, err: new Error(`refused by ${url}`) },
    `trying ${url} with ccd_live_abcd1234_hunter2`,
  );
  expect(text()).not.toContain('hunter2');
  expect(text().match(/postgresql:\/\/app:\*\*\*@db:5432\/concord/g)?.length).toBeGreaterThanOrEqual(4);
});

test('a text without credentials stays as it is', () => {
  const text = 'http://127.0.0.1:4000/graphql is ready; mail someone@example.org at 12:30';
  expect(withoutCredentials(text)).toBe(text);
});

test('lines below the level are not written', () => {
  const { log, lines } = collect();
  log.debug('quiet');
  log.warn('loud');
  expect(lines.map((line) => line['msg'])).toEqual(['loud']);
});
