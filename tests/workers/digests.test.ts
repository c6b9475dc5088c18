import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { addJobs } from '../../core/jobs/add-jobs.ts';
import { notify } from '../../core/notifications/notify.ts';
import { fixedClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { smtpMailer } from '../../platform/mail.ts';
import type { Client } from '../support/hub.ts';
import { type MailServer, mailServer, recipientsOf } from '../support/mail-server.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const EMAIL = 'canary.yellowfinch@example.org';

let clock: ReturnType<typeof fixedClock>;
let server: MailServer;
let hub: WorkingHub;
let editor: Client;
let contact: string;

beforeEach(async () => {
  server = await mailServer();
  // Wednesday, 3 February 2027, 05:00 UTC.
  clock = fixedClock(Date.UTC(2027, 1, 3, 5));
  const mailer = smtpMailer({ url: server.url, from: 'Concord <concord@example.org>' });
  const publicUrl = 'https://concord.example';
  hub = await workingHub({
    clock,
    outbound: { publicUrl, mailer, digestHour: 6, webhooksToLoopback: false, calendars: {} },
  });
  editor = await hub.as('editor', await hub.actor({ name: 'Example ministry', kind: 'state_national' }));
  contact = await addContact(editor, EMAIL);
});
afterEach(async () => {
  await hub.close();
  await server.close();
});

const admin = (statement: string): Promise<Record<string, unknown>[]> =>
  withClient(hub.database.adminUrl, async (client) => (await client.query<Record<string, unknown>>(statement)).rows);

async function addContact(client: Client, email: string): Promise<string> {
  const { result } = await client.query<{ result: { id: string } }>(
    `mutation ($input: AddContactInput!) { result: addContact(input: $input) { ... on Contact { id } } }`,
    { input: { of: client.actorId, name: 'Canary Rahima', purpose: 'digests', email } },
  );
  return result.id;
}

const PREFERENCES =
  '__typename ... on NotificationPreferences { version kinds digest weekday mailTo { contactId state } }';

async function prefer(client: Client, input: object): Promise<Record<string, unknown>> {
  const { result } = await client.query<{ result: Record<string, unknown> }>(
    `mutation ($input: SetNotificationPreferencesInput!) { result: setNotificationPreferences(input: $input) { ${PREFERENCES}
      ... on Problem { code message } ... on InvalidInput { issues { path message } } } }`,
    { input: { expectedVersion: 0, ...input } },
  );
  return result;
}

let recorded = 0;
const register = (name: string, visibility = 'MEMBERS'): Promise<string> => {
  const release = { visibility, matching: 'NONE', placePrecision: 'NONE' };
  return idOf(mutate(editor, 'registerProgramme', { name, release }));
};

async function tell(...subjects: readonly string[]): Promise<void> {
  recorded += 1;
  const news = subjects.map((subjectId) => ({
    recipient: editor.actorId,
    notice: 'INVITATION' as const,
    subjectId,
    occasion: String(recorded),
  }));
  await hub.app.services.unitOfWork.run(HUB_VIEWER, (work) => notify(work, ...news));
  await hub.workers.quiet();
}

let plans = 0;
async function plan(): Promise<void> {
  plans += 1;
  await addJobs(hub.workers.queues, [
    { request: { queue: 'plan-digests', payload: {} }, key: `plan-${String(plans)}` },
  ]);
  await hub.workers.quiet();
}

const states = async (): Promise<unknown[]> =>
  (await admin('select state, code from app.digest order by created_at, id')).map(({ state, code }) => [state, code]);

test('a daily digest goes to each recipient once a day, after its hour, when there is something new', async () => {
  const other = await addContact(editor, 'second@example.org');
  expect(await prefer(editor, { digest: 'DAILY', mailTo: [contact, other] })).toMatchObject({
    version: 1,
    digest: 'DAILY',
    mailTo: expect.arrayContaining([
      { contactId: contact, state: 'ACTIVE' },
      { contactId: other, state: 'ACTIVE' },
    ]),
  });
  await tell(await register('Example programme'));
  await plan();
  expect(server.mails).toEqual([]);
  clock.advance(HOUR_MS);
  await plan();
  await plan();
  expect(server.mails.map(recipientsOf).sort()).toEqual([[EMAIL], ['second@example.org']]);
  const [mail] = server.mails;
  expect(mail?.subject).toBe('Concord: 1 invitation');
  expect(mail?.from?.text).toBe('"Concord" <concord@example.org>');
  expect(mail?.text).toContain('An invitation: “Example programme”\n  https://concord.example/#prg_');
  expect(mail?.html).toMatch(
    /<li><a href="https:\/\/concord\.example\/#prg_\w+">An invitation: “Example programme”<\/a><\/li>/,
  );
  clock.advance(DAY_MS);
  await plan();
  expect(server.mails).toHaveLength(2);
  expect(await states()).toEqual([
    ['SENT', null],
    ['SENT', null],
    ['EMPTY', null],
    ['EMPTY', null],
  ]);
});

test('a weekly digest comes on its weekday and tells of the kinds asked for', async () => {
  await prefer(editor, { digest: 'WEEKLY', weekday: 5, mailTo: [contact], kinds: ['INVITATION'] });
  await tell(await register('Example programme'));
  clock.advance(HOUR_MS);
  await plan();
  expect(server.mails).toEqual([]);
  clock.advance(2 * DAY_MS);
  await plan();
  expect(server.mails).toHaveLength(1);
  await prefer(editor, { expectedVersion: 1, kinds: ['ENDS_SOON'] });
  await tell(await register('Another programme'));
  clock.advance(7 * DAY_MS);
  await plan();
  expect(server.mails).toHaveLength(1);
});

test('a mail names what members see, counts what partners see, and is silent of what is restricted', async () => {
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  await tell(
    await register('Open <b>programme</b>', 'PUBLIC'),
    await register('Canary among partners', 'PARTNERS'),
    await register('Canary shelter', 'RESTRICTED'),
  );
  clock.advance(HOUR_MS);
  await plan();
  const [mail] = server.mails;
  expect(mail?.subject).toBe('Concord: 2 invitations');
  expect(mail?.text).toContain('1 more is told in the hub only: https://concord.example');
  expect(mail?.html).toContain('“Open &lt;b&gt;programme&lt;/b&gt;”');
  expect(JSON.stringify(mail)).not.toMatch(/Canary (among|shelter)/);
});

test('what has become hidden before the mail is sent is not in it', async () => {
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  await tell(await register('Canary programme'));
  await admin(`update app.programme set visibility = 'restricted'`);
  clock.advance(HOUR_MS);
  await plan();
  expect(server.mails).toEqual([]);
  expect(await states()).toEqual([['EMPTY', null]]);
});

test('whoever is erased gets no mail any more, and an address is in no job, event, log or row', async () => {
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  await tell(await register('Example programme'));
  clock.advance(HOUR_MS);
  await plan();
  expect(server.mails).toHaveLength(1);
  await tell(await register('Another programme'));
  await editor.query(`mutation ($id: ID!) { eraseContact(input: { id: $id }) { __typename } }`, { id: contact });
  clock.advance(DAY_MS);
  await plan();
  expect(server.mails).toHaveLength(1);
  expect((await states()).at(-1)).toEqual(['DROPPED', null]);
  const { notificationPreferences } = await editor.query<{ notificationPreferences: unknown }>(
    `{ notificationPreferences { mailTo { contactId } } }`,
  );
  expect(notificationPreferences).toEqual({ mailTo: [] });
  const tables =
    await admin(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind = 'r' and nspname in ('app', 'queue')`);
  const rows: Awaited<ReturnType<typeof admin>>[] = [];
  for (const { name } of tables) rows.push(await admin(`select t::text from ${String(name)} t`));
  expect(rows.flat().length).toBeGreaterThan(100);
  expect(JSON.stringify(rows)).not.toContain('yellowfinch');
  expect(hub.logged.join('\n')).not.toContain('yellowfinch');
});

test('a refusal is recorded and not tried again, and after three of them nothing is sent there', async () => {
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  server.refuse(() => 550);
  clock.advance(HOUR_MS);
  for (let day = 0; day < 4; day += 1) {
    await tell(await register(`Example programme ${String(day)}`));
    await plan();
    clock.advance(DAY_MS);
  }
  expect(server.asked).toEqual([EMAIL, EMAIL, EMAIL]);
  expect(await states()).toEqual(Array.from({ length: 3 }, () => ['REFUSED', 'smtp 550']));
  const { notificationPreferences } = await editor.query<{ notificationPreferences: { mailTo: unknown } }>(
    `{ notificationPreferences { mailTo { contactId state } } }`,
  );
  expect(notificationPreferences.mailTo).toEqual([{ contactId: contact, state: 'UNREACHABLE' }]);
  const failed = await hub.workers.queues.queue('send-digest').getFailed();
  expect(failed.map(({ failedReason }) => failedReason)).toEqual(Array.from({ length: 3 }, () => 'refused: smtp 550'));
  expect(hub.logged.join('\n')).not.toContain('yellowfinch');
});

test('what the mail server cannot take now is tried again later, and then sent once', async () => {
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  await tell(await register('Example programme'));
  server.refuse(() => 451);
  clock.advance(HOUR_MS);
  await plan();
  expect(await states()).toEqual([['PLANNED', 'smtp 451']]);
  const queue = hub.workers.queues.queue('send-digest');
  // What became of the digest is written before its job is put aside.
  const waiting = await vi.waitFor(
    async () => {
      const [job] = await queue.getDelayed();
      expect(job?.attemptsMade).toBe(1);
      return job;
    },
    { timeout: 20_000 },
  );
  server.refuse(() => null);
  await waiting?.promote();
  await hub.workers.quiet();
  expect(server.mails).toHaveLength(1);
  expect(await states()).toEqual([['SENT', 'smtp 451']]);
});

test('a mail of which nobody knows whether it arrived is not sent again', async () => {
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  await tell(await register('Example programme'));
  server.hangUp();
  clock.advance(HOUR_MS);
  await plan();
  expect(server.mails).toHaveLength(1);
  expect((await states()).map((state) => (state as unknown[])[0])).toEqual(['UNKNOWN']);
  // A worker that died while it was sending leaves this behind.
  await admin(`update app.digest set state = 'SENDING'`);
  const [{ id } = { id: '' }] = await admin('select id from app.digest');
  await hub.workers.queues.queue('send-digest').add('send-digest', { digestId: id });
  await hub.workers.quiet();
  expect((await states()).map((state) => (state as unknown[])[0])).toEqual(['UNKNOWN']);
  expect(server.mails).toHaveLength(1);
});

test('whoever follows the link of a mail gets no more of them, without a key, and nobody else by any other link', async () => {
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  await tell(await register('Example programme'));
  clock.advance(HOUR_MS);
  await plan();
  const header = server.mails[0]?.headers.get('list');
  const link = /https:\/\/concord\.example(\/unsubscribe\/[\w.-]+)/.exec(JSON.stringify(header));
  expect(server.mails[0]?.headerLines.map(({ line }) => line)).toContain(
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  );
  const path = link?.[1] ?? '';
  const stateOf = async (): Promise<unknown> => {
    const { notificationPreferences } = await editor.query<{
      notificationPreferences: { mailTo: { state: string }[] };
    }>(`{ notificationPreferences { mailTo { state } } }`);
    return notificationPreferences.mailTo.map(({ state }) => state);
  };
  const page = await fetch(`${hub.url}${path}`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<button>')]);
  const forged = path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')).replace(/\.(.)/, '.$1');
  expect((await fetch(`${hub.url}${forged.slice(0, -2)}AA`, { method: 'POST' })).status).toBe(404);
  expect(await stateOf()).toEqual(['ACTIVE']);
  expect((await fetch(`${hub.url}${path}`, { method: 'POST' })).status).toBe(200);
  expect(await stateOf()).toEqual(['STOPPED']);
  await prefer(editor, { expectedVersion: 1, mailTo: [contact] });
  expect(await stateOf()).toEqual(['STOPPED']);
  expect(hub.logged.join('\n')).not.toContain('/unsubscribe/');
});

test('editors alone decide, about their own contacts alone, and nobody else reads what they decided', async () => {
  const stranger = await hub.as('editor', await hub.actor());
  const strangers = await addContact(stranger, 'stranger@example.org');
  expect(await prefer(editor, { mailTo: [strangers] })).toMatchObject({
    __typename: 'InvalidInput',
    issues: [{ path: 'input.mailTo[0]', message: 'Your actor keeps no such contact.' }],
  });
  expect(await prefer(await hub.as('planner', editor.actorId), { digest: 'DAILY' })).toMatchObject({
    code: 'FORBIDDEN',
  });
  expect(await prefer(await hub.as('coordinator'), { digest: 'DAILY' })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await prefer(editor, { weekday: 8 })).toMatchObject({ code: 'INVALID_INPUT' });
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  expect(await prefer(editor, { digest: 'NONE' })).toMatchObject({ code: 'STALE_VERSION' });
  const read = async (client: Client): Promise<unknown> =>
    (await client.query<{ notificationPreferences: unknown }>('{ notificationPreferences { digest } }'))
      .notificationPreferences;
  expect(await read(await hub.as('planner', editor.actorId))).toEqual({ digest: 'DAILY' });
  expect(await read(stranger)).toEqual({ digest: 'NONE' });
  expect(await read(await hub.as('viewer', editor.actorId))).toBeNull();
  expect(await read(await hub.as('coordinator'))).toBeNull();
});

test('a mail server that is down is tried again: nothing was sent to it', async () => {
  const mailer = smtpMailer({ url: 'smtp://127.0.0.1:1', from: 'concord@example.org' });
  const mail = {
    to: EMAIL,
    subject: 's',
    text: 't',
    html: 'h',
    messageId: 'm@example.org',
    unsubscribeUrl: 'https://x',
  };
  expect(await mailer.send(mail)).toMatchObject({ kind: 'try-later' });
});

test('the worker gets at no contact but at those that digests go to, and requests not at all by that way', async () => {
  const reach = (url: string): Promise<number> =>
    withClient(url, async (client) => {
      await client.query('set search_path = app');
      const { rows } = await client.query('select sealed from app.digest_contact($1, $2)', [editor.actorId, contact]);
      return rows.length;
    });
  const { workerUrl, appUrl } = hub.database;
  expect(await reach(workerUrl)).toBe(0);
  await prefer(editor, { digest: 'DAILY', mailTo: [contact] });
  expect(await reach(workerUrl)).toBe(1);
  await expect(reach(appUrl)).rejects.toThrow('permission denied');
  await prefer(editor, { expectedVersion: 1, mailTo: [] });
  expect(await reach(workerUrl)).toBe(0);
});
