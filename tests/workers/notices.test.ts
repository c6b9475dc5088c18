import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createLog } from '../../platform/log.ts';
import { NOTICE_CHANNEL, type Notices, noticePayload, openNotices } from '../../platform/notices.ts';
import { withClient } from '../../platform/database/with-client.ts';

const { adminUrl } = inject('cluster');
let notices: Notices;
let sender: pg.Client;

beforeEach(async () => {
  sender = new pg.Client({ connectionString: adminUrl });
  await sender.connect();
  notices = await openNotices({ url: adminUrl, log: createLog('silent') });
});
afterEach(async () => {
  await notices.close();
  await sender.end();
});

async function send(kind: string, ...ids: string[]): Promise<void> {
  for (const id of ids) await sender.query('select pg_notify($1, $2)', [NOTICE_CHANNEL, noticePayload(kind, id)]);
}

test('a notice reaches the subscribers of its kind, in order, and no others', async () => {
  const mine = notices.stream('overlap.found');
  const others = notices.stream('suggestion.changed');
  await send('overlap.found', 'ovl_1', 'ovl_2');
  await send('suggestion.changed', 'sug:with:colons');
  expect((await mine.next()).value).toEqual({ kind: 'changed', id: 'ovl_1' });
  expect((await mine.next()).value).toEqual({ kind: 'changed', id: 'ovl_2' });
  expect((await others.next()).value).toEqual({ kind: 'changed', id: 'sug:with:colons' });
});

test('after a lost connection every subscriber is told to read again, and notices flow', async () => {
  const stream = notices.stream('overlap.found');
  await withClient(adminUrl, (client) =>
    client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'concord-notices' and datname = current_database()`),
  );
  expect((await stream.next()).value).toEqual({ kind: 'resumed' });
  await send('overlap.found', 'ovl_1');
  expect((await stream.next()).value).toEqual({ kind: 'changed', id: 'ovl_1' });
});

test('a reader that falls behind is told to read again instead of being sent everything it missed', async () => {
  const slow = notices.stream('overlap.found', { backlog: 2 });
  const quick = notices.stream('overlap.found');
  const ids = ['ovl_1', 'ovl_2', 'ovl_3', 'ovl_4'];
  await send('overlap.found', ...ids);
  for (const id of ids) expect((await quick.next()).value).toEqual({ kind: 'changed', id });
  expect((await slow.next()).value).toEqual({ kind: 'resumed' });
  expect((await slow.next()).value).toEqual({ kind: 'changed', id: 'ovl_4' });
});

test('a stream ends when its reader returns, its signal aborts, or the notices close, even while it is being awaited', async () => {
  const leave = new AbortController();
  const returned = notices.stream('overlap.found');
  const aborted = notices.stream('overlap.found', { signal: leave.signal });
  const closed = notices.stream('overlap.found');
  const waiting = [returned.next(), aborted.next(), closed.next()];
  await returned.return?.();
  leave.abort();
  await notices.close();
  expect(await Promise.all(waiting)).toEqual(Array(3).fill({ done: true, value: undefined }));
});

test('an unsubscribed listener hears nothing more', async () => {
  const heard: string[] = [];
  const unsubscribe = notices.subscribe('overlap.found', (notice) => {
    if (notice.kind === 'changed') heard.push(notice.id);
  });
  const witness = notices.stream('overlap.found');
  await send('overlap.found', 'ovl_1');
  await witness.next();
  unsubscribe();
  await send('overlap.found', 'ovl_2');
  await witness.next();
  expect(heard).toEqual(['ovl_1']);
});
