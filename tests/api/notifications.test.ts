import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { addJobs } from '../../core/jobs/add-jobs.ts';
import { notify } from '../../core/notifications/notify.ts';
import { fixedClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import type { Client } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

const DAY_MS = 86_400_000;
const clock = fixedClock(Date.now());

let hub: WorkingHub;
let bd: Client;
let my: Client;
let coordinator: Client;
let bdCampaign: string;

const dayFromNow = (days: number): string => new Date(clock.now() + days * DAY_MS).toISOString().slice(0, 10);

const admin = (statement: string): Promise<Record<string, unknown>[]> =>
  withClient(hub.database.adminUrl, async (client) => (await client.query<Record<string, unknown>>(statement)).rows);

let turns = 0;
async function turnDays(days: number): Promise<void> {
  clock.advance(days * DAY_MS);
  turns += 1;
  const key = `turn-${String(turns)}`;
  await addJobs(hub.workers.queues, [
    { request: { queue: 'advance-day', payload: {} }, key },
    { request: { queue: 'apply-retention', payload: {} }, key },
  ]);
  await hub.workers.quiet();
}

beforeAll(async () => {
  hub = await workingHub({ clock });
  coordinator = await hub.as('coordinator');
  const footprint = (place: string) => ({
    days: { start: dayFromNow(10), end: dayFromNow(20) },
    places: [place],
    corridors: ['rohingya_andaman'],
    audiences: ['refugee_in_camp'],
    themes: ['people_smuggling'],
  });
  const editor = async (place: string): Promise<Client> =>
    hub.as('editor', await hub.actor({ name: `Example ${place}` }));
  bd = await editor('BD');
  my = await editor('MY');
  bdCampaign = await idOf(mutate(bd, 'planCampaign', { name: 'Boats', footprint: footprint('BD') }));
  await idOf(mutate(my, 'planCampaign', { name: 'Shores', footprint: footprint('MY') }));
  await hub.workers.quiet();
});
afterAll(() => hub.close());

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly sentence: string;
  readonly subject: { readonly __typename: string; readonly id: string };
  readonly readAt: string | null;
}
interface Inbox {
  readonly viewer: { readonly unread: number };
  readonly notifications: {
    readonly totalCount: number;
    readonly nodes: readonly Told[];
    readonly changeToken: string;
  };
}

const inbox = (client: Client, filter = '{}'): Promise<Inbox> =>
  client.query<Inbox>(`{ viewer { unread } notifications(first: 100, filter: ${filter}) { totalCount changeToken
    nodes { id kind sentence createdAt readAt subject { __typename id ... on Suggestion { title } } } } }`);

const kinds = async (client: Client, filter?: string): Promise<string[]> =>
  (await inbox(client, filter)).notifications.nodes.map(({ kind }) => kind).sort();

async function markRead(client: Client, input: object): Promise<Record<string, unknown>> {
  const { result } = await client.query<{ result: Record<string, unknown> }>(
    `mutation ($input: MarkReadInput!) { result: markRead(input: $input) { __typename ... on MarkedRead { marked unread } ... on Problem { code message } } }`,
    { input },
  );
  return result;
}

describe('an inbox', () => {
  test('tells an actor of its own overlaps and of what is suggested to it, in sentences and with what they are about', async () => {
    const { viewer, notifications } = await inbox(bd);
    expect(notifications.nodes.map(({ kind, subject }) => [kind, subject.__typename])).toEqual(
      expect.arrayContaining([
        ['NEW_OVERLAP', 'Overlap'],
        ['NEW_SUGGESTION', 'Suggestion'],
      ]),
    );
    expect(notifications.nodes).toHaveLength(2);
    expect(notifications.totalCount).toBe(2);
    expect(viewer.unread).toBe(2);
    const sentences = notifications.nodes.map(({ sentence }) => sentence).sort();
    expect(sentences[0]).toMatch(/^A new overlap\. Two ends of one route: .+\.$/);
    expect(sentences[1]).toMatch(/^A new suggestion: Joint campaign on .+\.$/);
  });

  test('tells coordinators of suggestions and of who waits to be vetted, and nobody of what is others to know', async () => {
    savedId(await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example newcomer', kind: 'national_ngo' }));
    await turnDays(0);
    const told = await inbox(coordinator);
    expect(told.notifications.nodes.map(({ kind }) => kind).sort()).toEqual(['APPROVAL_NEEDED', 'NEW_SUGGESTION']);
    expect(told.notifications.nodes.map(({ sentence }) => sentence)).toContain(
      '“Example newcomer” waits to be vetted.',
    );
    const stranger = await hub.as('editor', await hub.actor());
    expect(await inbox(stranger)).toMatchObject({ viewer: { unread: 0 }, notifications: { totalCount: 0 } });
    expect(await inbox(await hub.as('observer'))).toMatchObject({ notifications: { totalCount: 0 } });
  });

  test('takes one statement to read', async () => {
    // The workers of this process ask as well: theirs are not counted.
    const reads = async (document: string): Promise<string[]> =>
      (await statementsDuring(() => bd.query(document))).filter(
        (text) => /\bnotification\b/.test(text) && / as answer$/.test(text),
      );
    expect(await reads('{ notifications { nodes { sentence subject { id } } } }')).toHaveLength(1);
    expect(await reads('{ viewer { unread } }')).toHaveLength(1);
  });

  test('is looked for twice without telling anything twice', async () => {
    const before = await inbox(bd);
    await turnDays(0);
    await admin('update app.overlap set score = score');
    await admin('update app.suggestion set score = score');
    await admin(
      `insert into app.outbox_event (kind, payload) select 'overlap.found', jsonb_build_object('id', id) from app.overlap`,
    );
    await hub.workers.quiet();
    const { nodes } = (await inbox(bd)).notifications;
    expect(nodes).toEqual(before.notifications.nodes);
  });

  test('pages from the latest to the oldest', async () => {
    const page = (after: string) =>
      bd.query<{ notifications: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
        `{ notifications(first: 1${after}) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
      );
    const first = (await page('')).notifications;
    const second = (await page(`, after: "${first.pageInfo.endCursor}"`)).notifications;
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([...first.nodes, ...second.nodes]).toEqual((await inbox(bd)).notifications.nodes.map(({ id }) => ({ id })));
  });

  test('does not hold what has become hidden: it is neither listed nor counted nor found', async () => {
    const [told] = (await inbox(bd, '{ kinds: [NEW_OVERLAP] }')).notifications.nodes;
    await admin(`update app.campaign set visibility = 'restricted' where id = '${bdCampaign}'`);
    try {
      expect(await kinds(bd)).toEqual(['NEW_SUGGESTION']);
      expect(await inbox(bd)).toMatchObject({ viewer: { unread: 1 }, notifications: { totalCount: 1 } });
      const { node } = await bd.query<{ node: unknown }>('query ($id: ID!) { node(id: $id) { id } }', { id: told?.id });
      expect(node).toBeNull();
      expect(await markRead(bd, { ids: [told?.id] })).toMatchObject({ __typename: 'NotFound' });
    } finally {
      await admin(`update app.campaign set visibility = 'members' where id = '${bdCampaign}'`);
    }
    expect(await kinds(bd)).toEqual(['NEW_OVERLAP', 'NEW_SUGGESTION']);
  });
});

describe('what is read', () => {
  test('is marked for all who act for the actor, once, by those who may change something', async () => {
    const [first] = (await inbox(my)).notifications.nodes;
    const colleague = await hub.as('viewer', my.actorId);
    expect(await markRead(colleague, { ids: [first?.id] })).toMatchObject({ __typename: 'Forbidden' });
    expect(await markRead(bd, { ids: [first?.id] })).toMatchObject({ __typename: 'NotFound' });
    expect(await markRead(my, { ids: [first?.id] })).toEqual({ __typename: 'MarkedRead', marked: 1, unread: 1 });
    expect(await markRead(my, { ids: [first?.id] })).toEqual({ __typename: 'MarkedRead', marked: 0, unread: 1 });
    expect(await inbox(colleague)).toMatchObject({ viewer: { unread: 1 } });
    expect(await kinds(my, '{ unread: false }')).toEqual([first?.kind]);
    expect(await kinds(my, '{ unread: true }')).not.toContain(first?.kind);
  });

  test('can be marked up to one that was seen, and tells clients that follow that it changed', async () => {
    const { nodes, changeToken } = (await inbox(my)).notifications;
    expect(await kinds(my, `{ changedAfter: "${changeToken}" }`)).toEqual([]);
    expect(await markRead(my, { upTo: nodes[0]?.id })).toEqual({ __typename: 'MarkedRead', marked: 1, unread: 0 });
    expect(await kinds(my, `{ changedAfter: "${changeToken}" }`)).toHaveLength(1);
  });

  test('must be named', async () => {
    expect(await markRead(my, {})).toMatchObject({
      __typename: 'InvalidInput',
      message: 'input.ids: Say which: by ids, or up to which.',
    });
  });
});

describe('endorsers', () => {
  test('are told that they are shown to each other, and only for as long as they are', async () => {
    const [suggestion] = (
      await bd.query<{ suggestions: { nodes: { id: string; version: number }[] } }>(
        '{ suggestions { nodes { id version } } }',
      )
    ).suggestions.nodes;
    const answer = (client: Client, verb: string): Promise<unknown> =>
      client.query(`mutation ($input: AnswerSuggestionInput!) { ${verb}(input: $input) { __typename } }`, {
        input: { id: suggestion?.id, expectedVersion: suggestion?.version },
      });
    await answer(bd, 'endorseSuggestion');
    await hub.workers.quiet();
    expect(await kinds(bd)).not.toContain('SUGGESTION_REVEALED');
    await answer(my, 'endorseSuggestion');
    await hub.workers.quiet();
    for (const client of [bd, my])
      expect(
        (await inbox(client, '{ kinds: [SUGGESTION_REVEALED] }')).notifications.nodes.map(({ sentence }) => sentence),
      ).toEqual([
        expect.stringMatching(/^Others endorsed the same suggestion, and you are shown to each other: .+\.$/),
      ]);
    // To whoever may not answer for the actor it stays a secret that it did.
    expect(await kinds(await hub.as('viewer', bd.actorId))).not.toContain('SUGGESTION_REVEALED');
    expect(await kinds(coordinator)).not.toContain('SUGGESTION_REVEALED');
    await answer(my, 'withdrawAnswer');
    for (const client of [bd, my]) expect(await kinds(client)).not.toContain('SUGGESTION_REVEALED');
  });
});

describe('the days', () => {
  test('bring word of an end 30 and 5 days before it, once each, of what is tentative for 90 days, and of what is to be reviewed', async () => {
    const editor = await hub.as('editor', await hub.actor());
    const days = { start: dayFromNow(-10), end: dayFromNow(40) };
    const programme = await idOf(mutate(editor, 'registerProgramme', { name: 'Long work', footprint: { days } }));
    const campaign = await idOf(
      mutate(editor, 'planCampaign', {
        name: 'Radio',
        footprint: { days: { start: dayFromNow(0), end: dayFromNow(400) } },
        messages: [{ text: 'Call us', stance: 'protect', validTo: dayFromNow(60) }],
      }),
    );
    await idOf(
      mutate(editor, 'addCalendarEntry', {
        name: 'Fair',
        campaign,
        status: 'TENTATIVE',
        footprint: { days: { start: dayFromNow(200), end: dayFromNow(200) } },
      }),
    );
    await turnDays(9);
    expect(await kinds(editor)).toEqual([]);
    await turnDays(1);
    await turnDays(0);
    expect((await inbox(editor)).notifications.nodes).toMatchObject([
      {
        kind: 'ENDS_SOON',
        sentence: expect.stringMatching(/^The programme “Long work” ends on \d{1,2} [A-Z][a-z]+ \d{4}\.$/),
        subject: { id: programme },
      },
    ]);
    // A hub that was down on the very day tells on the next.
    await turnDays(26);
    await turnDays(1);
    expect(await kinds(editor)).toEqual(['ENDS_SOON', 'ENDS_SOON', 'REVIEW_DUE']);
    await turnDays(53);
    const sentences = (await inbox(editor)).notifications.nodes.map(({ sentence }) => sentence);
    expect(sentences[0]).toBe('The calendar entry “Fair” is tentative and has not been confirmed for 90 days.');
    expect(sentences).toHaveLength(4);
    expect(sentences.join(' ')).toMatch(
      /The campaign “Radio” has a message that is valid until \d{1,2} \w+ \d{4} only\./,
    );
  });

  test('take away what is older than 90 days, and what a recipient has more than 500 of', async () => {
    const actorId = await hub.actor();
    const editor = await hub.as('editor', actorId);
    const id = await idOf(mutate(editor, 'registerProgramme', { name: 'Example programme' }));
    await admin(`insert into app.notification (id, actor_id, kind, subject_id, occasion, created_at)
      select 'ntf_test' || n, '${actorId}', 'APPROVAL_NEEDED', '${id}', n::text, '${new Date(clock.now()).toISOString()}'::timestamptz - make_interval(secs => n)
      from generate_series(1, 510) as n`);
    await hub.app.services.unitOfWork.run(HUB_VIEWER, (work) =>
      notify(work, { recipient: actorId, notice: 'INVITATION', subjectId: id, occasion: '' }),
    );
    await hub.workers.quiet();
    const { viewer } = await inbox(editor);
    expect(viewer.unread).toBe(500);
    expect(await kinds(editor, '{ kinds: [INVITATION] }')).toEqual(['INVITATION']);
    expect(
      await admin(`select id from app.notification where id in ('ntf_test1', 'ntf_test499', 'ntf_test500')`),
    ).toHaveLength(2);
    await turnDays(91);
    expect((await inbox(editor)).viewer.unread).toBe(0);
  });
});

test('whoever is told by name of what it may not see is told nothing', async () => {
  const stranger = await hub.as('editor', await hub.actor());
  const hidden = await idOf(
    mutate(bd, 'registerProgramme', {
      name: 'Canary shelter',
      release: { visibility: 'PARTNERS', matching: 'NONE', placePrecision: 'NONE' },
    }),
  );
  await hub.app.services.unitOfWork.run(HUB_VIEWER, (work) =>
    notify(work, { recipient: stranger.actorId, notice: 'INVITATION', subjectId: hidden, occasion: '' }),
  );
  await hub.workers.quiet();
  expect(await admin(`select kind from app.notification where actor_id = '${String(stranger.actorId)}'`)).toEqual([
    { kind: 'INVITATION' },
  ]);
  expect(await inbox(stranger)).toMatchObject({ viewer: { unread: 0 }, notifications: { totalCount: 0 } });
});
