import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { fixedClock } from '../../platform/clock.ts';
import { NO_OUTBOUND } from '../../workers/outbound.ts';
import { issued, revokeApiKey } from '../support/access.ts';
import type { Client } from '../support/hub.ts';
import { type OutsideHost, outsideHost } from '../support/https-server.ts';
import { type Result, idOf, mutate } from '../support/mutate.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

const HOUR_MS = 3_600_000;
const clock = fixedClock(Date.parse('2026-03-01T08:00:00Z'));

let hub: WorkingHub;
let host: OutsideHost;
let answer: RequestListener;
let asked: IncomingHttpHeaders[] = [];
let editor: Client;
let campaign: string;

beforeAll(async () => {
  host = await outsideHost((request, response) => {
    asked.push(request.headers);
    answer(request, response);
  });
  hub = await workingHub({ clock, outbound: { ...NO_OUTBOUND, calendars: host.options } });
});
afterAll(async () => {
  await hub.close();
  host.close();
});
beforeEach(async () => {
  asked = [];
  editor = await hub.as('editor', await hub.actor());
  campaign = await idOf(mutate(editor, 'planCampaign', { name: 'Example campaign', footprint: { places: ['BD'] } }));
});

afterEach(async () => {
  const { calendarSubscriptions } = await editor.query<{ calendarSubscriptions: { id: string }[] }>(
    '{ calendarSubscriptions { id } }',
  );
  for (const { id } of calendarSubscriptions) await about('removeCalendarSubscription', id);
});

const event = (uid: string, ...lines: readonly string[]): string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  ...(lines.some((line) => line.startsWith('DTSTART')) ? [] : ['DTSTART;VALUE=DATE:20260310']),
  ...lines,
  'END:VEVENT',
];

/** What the host shows from now on. */
function show(...events: readonly (readonly string[])[]): void {
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flat(), 'END:VCALENDAR', ''].join('\r\n');
  const etag = `"${String(text.length)}-${String(Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 7))}"`;
  answer = (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag, 'content-type': 'text/calendar' }).end(text);
  };
}

/** Resolves when what was fetched is told to the registry. */
async function settled(): Promise<void> {
  await hub.workers.quiet();
  await hub.app.services.feeds.applying.apply();
}

/** Some hours pass, and calendars that are due are looked at. */
async function hoursPass(hours: number): Promise<void> {
  clock.advance(hours * HOUR_MS);
  await hub.workers.queues.queue('refresh-calendars').add('refresh-calendars', {});
  await settled();
}

const PROBLEM = '... on Problem { code message } ... on InvalidInput { issues { path message } }';
const SUBSCRIPTION = `id url state lastFetchedAt lastError failures nextAt events waiting refused { uid name reason } campaign { id }`;

async function subscribe(input: object = {}, client = editor): Promise<Result> {
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: SubscribeCalendarInput!) { result: subscribeCalendar(input: $input) { __typename
      ... on CalendarSubscription { ${SUBSCRIPTION} } ${PROBLEM} } }`,
    { input: { url: `${host.url}/a.ics`, campaign, ...input } },
  );
  return result;
}

type About = 'pauseCalendarSubscription' | 'resumeCalendarSubscription' | 'removeCalendarSubscription';
async function about(name: About, id: string, client = editor): Promise<Result> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ... on CalendarSubscription { ${SUBSCRIPTION} } ${PROBLEM} } }`,
    { input: { id } },
  );
  return result;
}

/** A subscription of the editor's, seen once. */
async function subscribed(input: object = {}): Promise<string> {
  const { id } = await subscribe(input);
  await settled();
  return String(id);
}

async function subscription(id: string, client = editor): Promise<Record<string, unknown> | undefined> {
  const { calendarSubscriptions } = await client.query<{ calendarSubscriptions: Record<string, unknown>[] }>(
    `{ calendarSubscriptions { ${SUBSCRIPTION} } }`,
  );
  return calendarSubscriptions.find((one) => one['id'] === id);
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly status: string;
  readonly recurrence: string | null;
  readonly description: string | null;
  readonly cancelledReason: string | null;
  readonly statedDays: { readonly start: string; readonly end: string };
}

async function entries(): Promise<Entry[]> {
  const { node } = await editor.query<{ node: { entries: { nodes: Entry[] } } }>(
    `query ($id: ID!) { node(id: $id) { ... on Campaign { entries(first: 100, orderBy: { field: NAME }) { nodes {
      id name version status recurrence description cancelledReason statedDays { start end } } } } } }`,
    { id: campaign },
  );
  return node.entries.nodes;
}

const shown = async (): Promise<string[]> => (await entries()).map(({ name, status }) => `${name} ${status}`).sort();

describe('a subscribed calendar', () => {
  test('becomes entries of its campaign', async () => {
    show(
      event('1', 'SUMMARY:Radio', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;VALUE=DATE:20260317', 'LOCATION:Teknaf'),
      event('2', 'SUMMARY:Theatre', 'STATUS:TENTATIVE', 'DTEND;VALUE=DATE:20260312'),
      event('3', 'SUMMARY:Called off before anybody knew', 'STATUS:CANCELLED'),
    );
    const id = await subscribed({ url: `${host.url.replace('https:', 'webcal:')}/a.ics` });
    expect(await entries()).toMatchObject([
      {
        name: 'Radio',
        status: 'CONFIRMED',
        recurrence: 'FREQ=WEEKLY;COUNT=3\nEXDATE:20260317',
        description: 'Place: Teknaf',
        statedDays: { start: '2026-03-10', end: '2026-03-10' },
      },
      { name: 'Theatre', status: 'TENTATIVE', statedDays: { start: '2026-03-10', end: '2026-03-11' } },
    ]);
    expect(await subscription(id)).toMatchObject({
      state: 'ACTIVE',
      url: `${host.url}/a.ics`,
      lastFetchedAt: '2026-03-01T08:00:00.000Z',
      nextAt: '2026-03-01T09:00:00.000Z',
      events: 3,
      waiting: 0,
      campaign: { id: campaign },
    });
  });

  test('is asked for again when it is due, and not sent while it is the same', async () => {
    show(event('1', 'SUMMARY:Radio'));
    await subscribed();
    await hoursPass(0.5);
    expect(asked).toHaveLength(1);
    await hoursPass(0.5);
    expect(asked.map((headers) => headers['if-none-match'] !== undefined)).toEqual([false, true]);
    expect((await entries())[0]?.version).toBe(1);
  });

  test('changes what it changes, and nothing that its owner changed meanwhile', async () => {
    show(event('1', 'SUMMARY:Radio', 'DESCRIPTION:Every week'));
    await subscribed();
    const [entry] = await entries();
    await mutate(editor, 'reviseCalendarEntry', {
      id: entry?.id,
      expectedVersion: 1,
      name: 'Radio, as we call it',
      description: 'Ours',
    });
    await hoursPass(1);
    expect(await entries()).toMatchObject([{ name: 'Radio, as we call it', description: 'Ours', version: 2 }]);
    show(event('1', 'SUMMARY:Radio', 'DESCRIPTION:Every day', 'DTSTART;VALUE=DATE:20260311'));
    await hoursPass(1);
    expect(await entries()).toMatchObject([
      { name: 'Radio, as we call it', description: 'Every day', statedDays: { start: '2026-03-11' }, version: 3 },
    ]);
  });

  test('does not go back to an older version', async () => {
    show(event('1', 'SUMMARY:Second', 'SEQUENCE:2'));
    await subscribed();
    show(event('1', 'SUMMARY:First', 'SEQUENCE:1'));
    await hoursPass(1);
    expect(await shown()).toEqual(['Second CONFIRMED']);
  });

  test('cancels what it calls off and what it no longer names, unless that is over', async () => {
    show(
      event('1', 'SUMMARY:a'),
      event('2', 'SUMMARY:b'),
      event('3', 'SUMMARY:c', 'DTSTART;VALUE=DATE:20260220'),
      event('4', 'SUMMARY:d'),
    );
    await subscribed();
    show(event('1', 'SUMMARY:a', 'STATUS:CANCELLED'), event('4', 'SUMMARY:d'));
    await hoursPass(1);
    expect(await shown()).toEqual(['a CANCELLED', 'b CANCELLED', 'c CONFIRMED', 'd CONFIRMED']);
    expect((await entries())[1]?.cancelledReason).toBe('It is no longer in the calendar that it came from.');
    show(event('1', 'SUMMARY:a'), event('2', 'SUMMARY:b'), event('4', 'SUMMARY:d'));
    await hoursPass(1);
    expect(await shown()).toEqual([
      'a CANCELLED',
      'a CONFIRMED',
      'b CANCELLED',
      'b CONFIRMED',
      'c CONFIRMED',
      'd CONFIRMED',
    ]);
  });

  test('that was cut off, or cannot be read in part, cancels nothing', async () => {
    show(event('1', 'SUMMARY:a'), event('2', 'SUMMARY:b'));
    const id = await subscribed();
    answer = (_request, response) =>
      response.end(['BEGIN:VCALENDAR', ...event('1', 'SUMMARY:A'), 'BEGIN:VEVENT', 'UID:2'].join('\r\n'));
    await hoursPass(1);
    expect(await shown()).toEqual(['A CONFIRMED', 'b CONFIRMED']);
    show(event('2', 'SUMMARY:B'), event('3', 'SUMMARY:c', 'RRULE:FREQ=HOURLY'));
    await hoursPass(1);
    expect(await shown()).toEqual(['A CONFIRMED', 'B CONFIRMED']);
    expect(await subscription(id)).toMatchObject({ state: 'ACTIVE' });
  });

  test('that fails is visibly failing, is asked ever less often, and works again', async () => {
    answer = (_request, response) => response.writeHead(500).end();
    const id = await subscribed();
    const failing = (lastError: string, failures: number, nextAt: string): object => ({
      state: 'FAILING',
      lastError,
      failures,
      nextAt: new Date(clock.now() + Number(nextAt) * HOUR_MS).toISOString(),
    });
    expect(await subscription(id)).toMatchObject({ ...failing('http-500', 1, '0.25'), lastFetchedAt: null });
    await hoursPass(0.25);
    expect(await subscription(id)).toMatchObject(failing('http-500', 2, '0.5'));
    answer = (_request, response) => response.writeHead(429, { 'retry-after': '36000' }).end();
    await hoursPass(0.5);
    expect(await subscription(id)).toMatchObject(failing('http-429', 3, '10'));
    answer = (_request, response) => response.end('<html>Sign in</html>');
    for (let i = 4; i < 12; i += 1) await hoursPass(24);
    expect(await subscription(id)).toMatchObject(failing('not-a-calendar', 11, '24'));
    show(event('1', 'SUMMARY:Radio', 'DTSTART;VALUE=DATE:20270101'));
    await hoursPass(24);
    expect(await subscription(id)).toMatchObject({ state: 'ACTIVE', lastError: null, failures: 0 });
    expect(await shown()).toEqual(['Radio CONFIRMED']);
  });

  test('is not asked for in our own network', async () => {
    const id = await subscribed({ url: 'https://internal.example/a.ics' });
    expect(await subscription(id)).toMatchObject({ state: 'FAILING', lastError: 'forbidden-url' });
    show();
    answer = (_request, response) => response.writeHead(302, { location: `https://127.0.0.2:${host.port}/` }).end();
    const other = await subscribed();
    expect(await subscription(other)).toMatchObject({ state: 'FAILING', lastError: 'forbidden-address' });
  });
});

describe('whose a subscription is', () => {
  test('it is paused, resumed and removed by its actor alone, and hidden from everybody else', async () => {
    show(event('1', 'SUMMARY:Radio'));
    const id = await subscribed();
    const stranger = await hub.as('editor', await hub.actor());
    for (const other of [stranger, await hub.as('coordinator'), await hub.as('viewer', editor.actorId)]) {
      expect(await subscription(id, other)).toBeUndefined();
      const { node } = await other.query<{ node: unknown }>('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(node).toBeNull();
    }
    expect(await about('removeCalendarSubscription', id, stranger)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await about('pauseCalendarSubscription', id)).toMatchObject({ state: 'PAUSED', nextAt: null });
    await hoursPass(2);
    expect(asked).toHaveLength(1);
    show(event('1', 'SUMMARY:Radio again'));
    expect(await about('resumeCalendarSubscription', id)).toMatchObject({ state: 'ACTIVE' });
    await settled();
    expect(await shown()).toEqual(['Radio again CONFIRMED']);
    expect(await about('removeCalendarSubscription', id)).toMatchObject({ state: 'REMOVED' });
    expect(await subscription(id)).toBeUndefined();
    await hoursPass(2);
    expect(asked).toHaveLength(2);
    expect(await shown()).toEqual(['Radio again CONFIRMED']);
  });

  test('it writes with the rights of whoever subscribed, and stops with them', async () => {
    show(event('1', 'SUMMARY:Radio'));
    const { id: keyId, text } = await issued(editor, { label: 'calendar', role: 'EDITOR' });
    const { id } = await subscribe({}, hub.present(text));
    await settled();
    await revokeApiKey(editor, keyId);
    show(event('1', 'SUMMARY:Changed'));
    await hoursPass(1);
    expect(await shown()).toEqual(['Radio CONFIRMED']);
    expect(await subscription(String(id))).toMatchObject({ state: 'STOPPED', waiting: 1 });
    await about('resumeCalendarSubscription', String(id));
    await settled();
    expect(await shown()).toEqual(['Changed CONFIRMED']);
  });

  test('more than an actor writes a day waits for the next', async () => {
    show(...['1', '2', '3', '4'].map((uid) => event(uid, `SUMMARY:${uid}`)));
    await withClient(hub.database.adminUrl, (client) =>
      client.query(`update app.probe_budget set used = 198 where party = $1`, [editor.actorId]),
    );
    const id = await subscribed();
    expect(await shown()).toEqual(['1 CONFIRMED', '2 CONFIRMED']);
    expect(await subscription(id)).toMatchObject({ state: 'ACTIVE', events: 4, waiting: 2 });
    // A budget is of a day of the database's: another begins.
    await withClient(hub.database.adminUrl, (client) => client.query('delete from app.probe_budget'));
    await hub.app.services.feeds.applying.apply();
    expect(await subscription(id)).toMatchObject({ waiting: 0 });
    expect(await shown()).toHaveLength(4);
  });

  test('what is asked for in vain is said', async () => {
    expect(await subscribe({ url: 'http://calendar.example/' })).toMatchObject({ issues: [{ path: 'input.url' }] });
    expect(await subscribe({ url: 'https://10.0.0.1/' })).toMatchObject({ issues: [{ path: 'input.url' }] });
    expect(await subscribe({ campaign: 'cmp_0000000000000000000000' })).toMatchObject({ code: 'NOT_FOUND' });
    const stranger = await hub.as('editor', await hub.actor());
    expect(await subscribe({}, stranger)).toMatchObject({ code: 'FORBIDDEN' });
    const once = { clientMutationKey: 'once' };
    const first = await subscribe(once);
    expect(await subscribe(once)).toMatchObject({ id: first['id'] });
    expect(await subscribe()).toMatchObject({ code: 'CONFLICT' });
  });
});
