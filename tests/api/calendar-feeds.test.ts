import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { occurrencesFrom } from '../../core/calendar/recurrence.ts';
import { readCalendarFile } from '../../core/imports/icalendar/read-icalendar.ts';
import { formatCalendarDate, parseCalendarDate } from '../../engine/index.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { fixedClock } from '../../platform/clock.ts';
import { issued as issuedKey, revokeApiKey, suspendActor } from '../support/access.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { type Result, idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let coordinator: Client;
let editor: Client;
let stranger: Client;
let campaign: string;

beforeAll(async () => {
  hub = await testHub({ clock: fixedClock(Date.parse('2026-03-01T08:00:00Z')) });
  coordinator = await hub.as('coordinator');
  editor = await hub.as('editor', await hub.actor({ name: 'Example Coast Watch' }));
  stranger = await hub.as('editor', await hub.actor({ name: 'Example Stranger' }));
  campaign = await idOf(
    mutate(editor, 'planCampaign', {
      name: 'Example campaign',
      footprint: { places: ['BD-10'], themes: ['people_smuggling'], audiences: ['fisher'] },
    }),
  );
});
afterAll(() => hub.close());

const add = (name: string, input: object = {}, client = editor): Promise<string> =>
  idOf(
    mutate(client, 'addCalendarEntry', {
      name,
      campaign,
      footprint: { days: { start: '2026-03-03', end: '2026-03-04' } },
      ...input,
    }),
  );

const PROBLEM = '... on Problem { code message } ... on InvalidInput { issues { path message } }';
const FEED = 'id label countries { code } corridors { code } themes { code } mine observances createdAt revokedAt';

async function issue(client: Client, input: object = {}): Promise<Result> {
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: IssueCalendarFeedInput!) { result: issueCalendarFeed(input: $input) { __typename
      ... on IssuedCalendarFeed { address: url feed { ${FEED} } } ${PROBLEM} } }`,
    { input: { label: 'Example calendar', ...input } },
  );
  return result;
}

/** A feed that must have been issued: its id, and where it is read. */
async function issued(client: Client, input: object = {}): Promise<{ id: string; path: string }> {
  const { address, feed } = await issue(client, input);
  return { id: (feed as { id: string }).id, path: new URL(String(address)).pathname };
}

async function revoke(client: Client, id: string): Promise<Result> {
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: RevokeCalendarFeedInput!) { result: revokeCalendarFeed(input: $input) { __typename
      ... on CalendarFeed { ${FEED} } ${PROBLEM} } }`,
    { input: { id } },
  );
  return result;
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${hub.url}${path}`, { headers });

async function textOf(path: string): Promise<string> {
  const response = await get(path);
  if (response.status !== 200) throw new Error(String(response.status));
  return response.text();
}

/** The names of the events of a feed, in its order. */
async function namesIn(path: string): Promise<string[]> {
  return eventsIn(await textOf(path)).map((event) => String(event.getFirstPropertyValue('summary')));
}

const eventsIn = (text: string): ICAL.Component[] =>
  new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');

describe('a feed', () => {
  test('is read back by two libraries and by us, event by event', async () => {
    const once = await add('Größe, \\ "quoted"; and;\r\nEND:VEVENT', {
      description: 'Every village,\nএকটি গ্রাম '.repeat(20),
    });
    const weekly = await add('Weekly radio', {
      recurrence: 'FREQ=WEEKLY;COUNT=5\nRDATE:20260306\nEXDATE:20260310',
      status: 'TENTATIVE',
    });
    const off = await add('Called off');
    await mutate(editor, 'cancelCalendarEntry', { id: off, expectedVersion: 1, reason: 'Floods' });
    const { path } = await issued(editor, { mine: true, label: 'Example, calendar' });
    const text = await textOf(path);

    // 75 octets, and the blank of lines that go on.
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBe(76);
    expect(text).toContain('\r\nX-WR-CALNAME:Example\\, calendar\r\n');
    const byUid = new Map(eventsIn(text).map((event) => [event.getFirstPropertyValue('uid'), new ICAL.Event(event)]));
    const read = nodeIcal.sync.parseICS(text);
    for (const [id, sequence, status] of [
      [once, 0, 'CONFIRMED'],
      [weekly, 0, 'TENTATIVE'],
      [off, 1, 'CANCELLED'],
    ] as const) {
      const uid = `${id}@concord`;
      const event = byUid.get(uid);
      const other = read[uid];
      if (!event || other?.type !== 'VEVENT') throw new Error(`no event ${uid}`);
      expect([event.sequence, event.component.getFirstPropertyValue('status')]).toEqual([sequence, status]);
      expect([Number(other.sequence), other.status]).toEqual([sequence, status]);
      expect([event.startDate.toString(), event.endDate.toString()]).toEqual(['2026-03-03', '2026-03-05']);
      expect([other.datetype, other.start.getDate(), other.end?.getDate()]).toEqual(['date', 3, 5]);
      expect(other.summary).toBe(event.summary);
    }
    expect(byUid.get(`${once}@concord`)?.summary).toBe('Größe, \\ "quoted"; and;\nEND:VEVENT');
    expect(byUid.get(`${once}@concord`)?.description).toMatch(/^Every village,\nএকটি গ্রাম Every[^]*Example campaign$/);
    expect(byUid.get(`${off}@concord`)?.description).toContain('Cancelled: Floods');

    const iterator = byUid.get(`${weekly}@concord`)?.iterator();
    const days: string[] = [];
    for (let next = iterator?.next(); next; next = iterator?.next()) days.push(next.toString());
    const first = parseCalendarDate('2026-03-03');
    if (first === null) throw new Error('no day');
    const held = { text: 'FREQ=WEEKLY;COUNT=5\nRDATE:20260306\nEXDATE:20260310' };
    expect(days).toEqual(occurrencesFrom(first, held).map(formatCalendarDate));

    const ours = readCalendarFile(Buffer.from(text));
    expect(ours.complete).toBe(true);
    const records = ours.items.flatMap(({ fromFile }) => (fromFile.kind === 'record' ? [fromFile.record] : []));
    expect(records.find(({ key }) => key === `${weekly}@concord`)).toMatchObject({
      days: { start: '2026-03-03', end: '2026-03-04' },
      recurrence: 'RRULE:FREQ=WEEKLY;COUNT=5\nRDATE:20260306\nEXDATE:20260310',
      status: 'planned',
      themes: ['People smuggling'],
    });
  });

  test('says how often to look, and keeps identity and version of an entry', async () => {
    const id = await add('Stays the same');
    const { path } = await issued(editor);
    const before = await textOf(path);
    expect(before).toMatch(/^REFRESH-INTERVAL;VALUE=DURATION:PT1H\r$/m);
    expect(before).toMatch(/^X-PUBLISHED-TTL:PT1H\r$/m);
    await mutate(editor, 'reviseCalendarEntry', { id, expectedVersion: 1, name: 'Has another name' });
    const event = eventsIn(await textOf(path)).find((one) => one.getFirstPropertyValue('uid') === `${id}@concord`);
    expect([event?.getFirstPropertyValue('sequence'), event?.getFirstPropertyValue('summary')]).toEqual([
      1,
      'Has another name',
    ]);
  });

  test('is not sent again while it is the same', async () => {
    const { path } = await issued(editor);
    const first = await get(path);
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    for (const asked of [etag, `W/${etag}`, `"other", ${etag}`])
      expect((await get(path, { 'if-none-match': asked })).status).toBe(304);
    await add('Something new');
    const second = await get(path, { 'if-none-match': etag });
    expect([second.status, second.headers.get('etag') === etag]).toEqual([200, false]);
  });

  test('shows what its filter says', async () => {
    await add('In Thailand', {
      footprint: {
        days: { start: '2026-04-01', end: '2026-04-01' },
        places: ['TH'],
        themes: ['forced_labour_debt_bondage'],
      },
    });
    await add('Long ago', { footprint: { days: { start: '2020-01-01', end: '2020-01-01' } } });
    const names = async (input: object, client = editor): Promise<string[]> =>
      namesIn((await issued(client, input)).path);
    expect(await names({ countries: ['th'] })).toEqual(['In Thailand']);
    expect(await names({ themes: ['forced_labour_debt_bondage'], countries: ['BD'] })).toEqual([]);
    expect(await names({ corridors: ['rohingya_andaman'] })).toContain('Called off');
    expect(await names({ mine: true }, stranger)).toEqual([]);
    expect(await names({}, stranger)).toContain('In Thailand');
    expect(await names({})).not.toContain('Long ago');
  });

  test('shows observances where they are asked for', async () => {
    const { path } = await issued(editor, { countries: ['BD'], observances: true });
    const text = await textOf(path);
    const observances = eventsIn(text).filter((event) =>
      String(event.getFirstPropertyValue('uid')).startsWith('observance-'),
    );
    expect(observances.length).toBeGreaterThan(10);
    expect(observances.map((event) => event.getFirstPropertyValue('summary'))).toContain('Independence Day');
    expect(new Set(observances.map((event) => event.getFirstPropertyValue('uid'))).size).toBe(observances.length);
    expect(await textOf(path)).toBe(text);
  });
});

describe('the rights of a feed', () => {
  test('are those of whoever issued it, at every read', async () => {
    await add('For partners only', { release: { visibility: 'PARTNERS' } });
    const { path } = await issued(stranger);
    expect(await namesIn(path)).not.toContain('For partners only');
    expect(await namesIn((await issued(editor)).path)).toContain('For partners only');
    const id = await add('Public at first');
    expect(await namesIn(path)).toContain('Public at first');
    await mutate(editor, 'reviseCalendarEntry', { id, expectedVersion: 1, release: { visibility: 'RESTRICTED' } });
    expect(await namesIn(path)).not.toContain('Public at first');
  });

  test('end with its key, with its actor, and when it is revoked', async () => {
    const actor = await hub.actor({ name: 'Example Short-lived' });
    const own = await hub.as('editor', actor);
    const { id: keyId, text } = await issuedKey(own, { label: 'calendar', role: 'EDITOR' });
    const byKey = await issued(hub.present(text));
    const byRevoking = await issued(own);
    const byActor = await issued(own);
    for (const { path } of [byKey, byRevoking, byActor]) expect((await get(path)).status).toBe(200);
    await revokeApiKey(own, keyId);
    expect((await get(byKey.path)).status).toBe(404);
    expect(await revoke(own, byRevoking.id)).toMatchObject({ revokedAt: expect.any(String) as unknown });
    expect(await revoke(own, byRevoking.id)).toMatchObject({ __typename: 'CalendarFeed' });
    expect((await get(byRevoking.path)).status).toBe(404);
    expect((await get(byActor.path)).status).toBe(200);
    await suspendActor(coordinator, actor);
    expect((await get(byActor.path)).status).toBe(404);
  });

  test('nobody else sees, revokes or finds it', async () => {
    const { id } = await issued(editor, { label: 'Only ours' });
    const list = async (client: Client): Promise<unknown[]> =>
      (await client.query<{ calendarFeeds: unknown[] }>(`{ calendarFeeds { ${FEED} } }`)).calendarFeeds;
    expect(await list(editor)).toContainEqual(expect.objectContaining({ id, label: 'Only ours' }));
    const colleague = await hub.as('editor', editor.actorId);
    expect(await list(colleague)).toContainEqual(expect.objectContaining({ id }));
    for (const other of [stranger, coordinator, await hub.as('planner', editor.actorId)]) {
      expect(JSON.stringify(await list(other))).not.toContain(id);
      expect(await revoke(other, id)).toMatchObject({ __typename: 'NotFound' });
    }
    expect(await revoke(colleague, id)).toMatchObject({ __typename: 'CalendarFeed' });
  });

  test('whatever is no feed is answered alike, and no token is stored or logged', async () => {
    const { path } = await issued(editor);
    await get(path);
    const token = path.replace(/^.*\/|\.ics$/g, '');
    expect(token).toMatch(/^[\w-]{43}$/);
    const answers = [
      '',
      'x',
      'A'.repeat(43),
      `${token.slice(0, 42)}${token.endsWith('A') ? 'B' : 'A'}`,
      'a%00b',
      '%ff',
    ];
    for (const wrong of answers.slice(1, 5)) {
      const response = await get(`/calendars/${wrong}.ics`);
      expect([response.status, (await response.json()) as unknown]).toEqual([
        404,
        { errors: [{ message: 'There is no calendar here, or no longer.', extensions: { code: 'NOT_FOUND' } }] },
      ]);
    }
    expect((await get('/calendars/%ff.ics')).status).toBe(400);
    expect(hub.logged.join('\n')).not.toContain(token);
    const dump = await withClient(hub.database.adminUrl, (client) =>
      client.query<{ all: string }>(`select jsonb_agg(to_jsonb(f))::text as all from app.calendar_feed f`),
    );
    expect(dump.rows[0]?.all).toContain('token_hash');
    expect(dump.rows[0]?.all).not.toContain(token);
  });

  test('what is asked for in vain is said', async () => {
    expect(await issue(editor, { countries: ['BD-10'] })).toMatchObject({
      issues: [{ path: 'input.countries[0]', message: 'ISO 3166-1 alpha-2' }],
    });
    expect(await issue(editor, { themes: ['people_smugling'] })).toMatchObject({
      issues: [{ path: 'input.themes[0]', message: expect.stringContaining('people_smuggling') as unknown }],
    });
    expect(await issue(coordinator, { mine: true })).toMatchObject({ issues: [{ path: 'input.mine' }] });
    expect(await issue(await hub.as('observer'), {})).toMatchObject({ __typename: 'Forbidden' });
    const many = await hub.as('planner', editor.actorId);
    for (let i = 0; i < 20; i += 1) await issued(many);
    expect(await issue(many)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
