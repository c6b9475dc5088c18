import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let coordinator: Client;

beforeAll(async () => {
  hub = await testHub();
  coordinator = await hub.as('coordinator');
});
afterAll(() => hub.close());

const ACTOR =
  'id name aliases version description basedIn { code } legalStatus hostedBy { id } identifiers { scheme value } mergedFrom { duplicate }';
const ANSWER = `__typename ... on Problem { code message } ... on Actor { ${ACTOR} }`;

type Answered = Record<string, unknown> & { readonly version?: number };

async function send(client: Client, mutation: string, type: string, input: object): Promise<Answered> {
  const { r } = await client.query<{ r: Answered }>(
    `mutation ($i: ${type}!) { r: ${mutation}(input: $i) { ${ANSWER} } }`,
    { i: input },
  );
  return r;
}
const merge = (survivor: string, duplicate: string, more: object = {}, client = coordinator): Promise<Answered> =>
  send(client, 'mergeActors', 'MergeActorsInput', { survivor, duplicate, expectedVersion: 2, ...more });
const undo = (duplicate: string, expectedVersion: number, client = coordinator): Promise<Answered> =>
  send(client, 'undoActorMerge', 'UndoActorMergeInput', { duplicate, expectedVersion });

async function node(client: Client, id: string): Promise<Answered | null> {
  const { node } = await client.query<{ node: Answered | null }>(
    `query ($id: ID!) { node(id: $id) { ... on Actor { ${ACTOR} } } }`,
    { id },
  );
  return node;
}

const rows = (statement: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> =>
  withClient(
    hub.database.adminUrl,
    async (client) => (await client.query<Record<string, unknown>>(statement, [...values])).rows,
  );

/** What a merge is itself, what only grows, and what no actor is in. */
const NOT_LOOKED_AT = `audit audit_sealed audit_unsealed audit_seal outbox_event actor_merge actor_merge_change idempotency place term migration`;

/** Every row that names one of these actors, in any table, but for what every write changes. */
function everythingOf(actors: readonly string[]): Promise<unknown> {
  return withClient(hub.database.adminUrl, async (client) => {
    const tables = await client.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' and relname <> all ($1) order by relname`,
      [NOT_LOOKED_AT.split(' ')],
    );
    const found: unknown[] = [];
    for (const { relname } of tables.rows) {
      const of = await client.query<{ row: unknown }>(
        `select to_jsonb(t) - 'version' - 'updated_at' - 'change_xid' as row from app.${relname} t
         where exists (select from unnest($1::text[]) as id where strpos(to_jsonb(t)::text, id) > 0) order by 1`,
        [actors],
      );
      found.push(...of.rows.map(({ row }) => ({ table: relname, row })));
    }
    return found;
  });
}

/** Two records of one actor, each with something in everything that a merge moves, and something that only one can have. */
async function twoOfOne(): Promise<{ survivor: string; duplicate: string; third: string }> {
  const [survivor, duplicate, third] = [
    await hub.actor({
      name: 'Example Old Name',
      description: 'ours',
      identifiers: [{ scheme: 'iati', value: 'XX-A' }],
    }),
    await hub.actor({
      name: 'Example New Name',
      aliases: ['ENN'],
      description: 'theirs',
      basedIn: ['BD'],
      identifiers: [
        { scheme: 'iati', value: 'XX-A' },
        { scheme: 'org-id', value: 'XX-B' },
      ],
      commitments: [{ kind: 'STAFF', description: 'two people' }].map((one) => ({ ...one, kind: 'staff' })),
    }),
    await hub.actor({ name: 'Example Third' }),
  ];
  const footprint = {
    days: { start: '2027-01-01', end: '2027-02-01' },
    places: ['BD-10'],
    themes: ['people_smuggling'],
  };
  for (const owner of [survivor, duplicate]) {
    const editor = await hub.as('editor', owner);
    const programme = await idOf(
      mutate(editor, 'registerProgramme', {
        name: `Of ${owner}`,
        footprint,
        release: { placePrecision: 'COUNTRY' },
        exclude: { actors: [third] },
        partners: [{ actor: third, role: 'FUNDING' }],
      }),
    );
    const campaign = await idOf(mutate(editor, 'planCampaign', { name: 'Example campaign', programme, footprint }));
    await idOf(
      mutate(editor, 'addCalendarEntry', {
        name: 'Example entry',
        kind: 'EVENT',
        campaign,
        footprint: { days: footprint.days },
      }),
    );
    await editor.query(`mutation ($i: ShareProgrammeInput!) { shareProgramme(input: $i) { __typename } }`, {
      i: { programme, with: owner === survivor ? duplicate : survivor, purpose: 'to see', until: '2099-01-01' },
    });
    await editor.query(`mutation ($i: AddContactInput!) { addContact(input: $i) { __typename } }`, {
      i: { of: owner, name: 'Example', email: 'someone@example.org', purpose: 'to reach' },
    });
    await mutate(editor, 'declareInterest', { topic: 'TRAINING', offers: 'a day' });
    await mutate(editor, 'draftCaseStudy', { title: 'Example study' });
  }
  const thirds = await hub.as('editor', third);
  await idOf(
    mutate(thirds, 'registerProgramme', {
      name: 'Of the third',
      exclude: { actors: [duplicate] },
      partners: [
        { actor: survivor, role: 'FUNDING' },
        { actor: duplicate, role: 'FUNDING' },
        { actor: duplicate, role: 'EXTENDING' },
      ],
    }),
  );
  const told = [
    [duplicate, 'NOT_CONFIRMED', 'same'],
    [survivor, 'NOT_CONFIRMED', 'same'],
    [duplicate, 'NOT_CONFIRMED', 'only one'],
  ];
  for (const [index, [actor, kind, occasion]] of told.entries()) {
    await rows(
      `insert into app.notification (id, actor_id, kind, subject_id, occasion, created_at) values ($1, $2, $3, 'ent_x', $4, now())`,
      [`ntf_${duplicate}${String(index)}`, actor, kind, occasion],
    );
  }
  await rows(
    `insert into app.notification_preference (actor_id, kinds, digest, weekday, language, updated_at) values ($1, '{NEW_OVERLAP}', 'DAILY', 1, 'en', now())`,
    [duplicate],
  );
  await rows(
    `insert into app.digest_recipient (actor_id, contact_id) select $1, id from app.contact where owner_id = $1`,
    [duplicate],
  );
  await rows(
    `insert into app.webhook (id, actor_id, url, kinds, created_at) values ($1, $2, 'https://example.org', '{NEW_OVERLAP}', now())`,
    [`whk_${duplicate}`, duplicate],
  );
  await filesOf(survivor, ['both', 'ours']);
  await filesOf(duplicate, ['both', 'theirs']);
  return { survivor, duplicate, third };
}

/** An import with its bytes, an item, provenance and a mapping by each key, and calendars out and in. */
async function filesOf(actor: string, keys: readonly string[]): Promise<void> {
  const run = `imp_${actor}`;
  await rows(
    `insert into app.import_run (id, party, sender_key, sender_role, sender_actor, sender_scopes, file_name, digest, bytes, state, created_at)
     values ($1, $2, 'key_x', 'editor', $2, '{}', 'plan.csv', repeat('0', 64), 1, 'READY', now())`,
    [run, actor],
  );
  await rows(`insert into app.import_file (run_id, party, content, expires_on) values ($1, $2, 'x', '2099-01-01')`, [
    run,
    actor,
  ]);
  await rows(
    `insert into app.import_item (id, run_id, party, position, rows, outcome) values ($1, $2, $3, 1, '{1}', 'CREATED')`,
    [`imi_${actor}`, run, actor],
  );
  await rows(
    `insert into app.import_provenance (owner_id, kind, source_key, record_id, run_id, fields)
     select $1, 'programme', key, id, $2, '{}' from app.programme, unnest($3::text[]) as key where owner_id = $1`,
    [actor, run, keys],
  );
  await rows(
    `insert into app.import_mapping (party, headers, mapping, updated_at) select $1, key, '{}', now() from unnest($2::text[]) as key`,
    [actor, keys],
  );
  await rows(
    `insert into app.calendar_feed (id, issued_by, role, actor_id, label, token_hash, countries, corridors, themes, mine, observances, created_at)
     values ($1, 'key_x', 'editor', $2::text, 'ours', encode(sha256($2::text::bytea), 'hex'), '{}', '{}', '{}', true, false, now())`,
    [`feed_${actor}`, actor],
  );
  await rows(
    `insert into app.calendar_subscription (id, actor_id, campaign_id, url, subscribed_by, role, created_at, next_at)
     select $1, $2, id, 'https://example.org/a.ics', 'key_x', 'editor', now(), '2099-01-01' from app.campaign where owner_id = $2`,
    [`sub_${actor}`, actor],
  );
}

/** What names an actor or a party and stays as it is when it is merged, and why. */
const STAYS: Readonly<Record<string, string>> = {
  actor_merge: 'is the merge itself',
  answer: 'what one said of a suggestion stays what it said',
  audit: 'says who did what, as it was',
  coverage_owner: 'is worked out anew from the records that moved',
  digest: 'was sent',
  footprint: 'is worked out anew from the records that moved',
  footprint_cell: 'is worked out anew from the records that moved',
  idempotency: 'what a key was answered with is forgotten after a day',
  import_file: 'goes with its import',
  import_item: 'goes with its import',
  observance_author: 'follows the observance that moved',
  presence_owner: 'is worked out anew from the records that moved',
  probe_budget: 'counts one day',
  revelation: 'says who learnt of whom, as it was',
  session: 'ends with the membership it stands for; whoever signs in again acts for the survivor',
  suggestion_participant: 'is composed anew from the records that moved',
  suggestion_seat: 'is composed anew from the records that moved',
  vetting_decision: 'says what was decided of whom, as it was',
};

test('whatever names an actor moves with it and is written down, or says why not', async () => {
  const silent = await rows(
    `select distinct c.relname as name from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
       and (exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid = 'app.actor'::regclass)
         or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('actor_id', 'owner_id', 'party') and not a.attisdropped))
       and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'app.note_merge'::regproc) order by 1`,
  );
  expect(silent.map(({ name }) => name)).toEqual(Object.keys(STAYS).sort());
});

describe('a merge', () => {
  test('lets the coordinator say whose word stays, field by field, and keeps every name', async () => {
    const host = await hub.actor({ name: 'Example Host' });
    const survivor = await hub.actor({ name: 'Example Kept', description: 'kept', website: 'https://example.org' });
    const duplicate = await hub.actor({
      name: 'Example Taken',
      aliases: ['ET'],
      description: 'taken',
      basedIn: ['BD'],
      legalStatus: 'hosted',
      hostedBy: host,
    });
    expect(await merge(survivor, duplicate, { take: ['NAME', 'BASED_IN', 'LEGAL_STATUS'] })).toMatchObject({
      __typename: 'Actor',
      id: survivor,
      name: 'Example Taken',
      aliases: ['Example Kept', 'ET'],
      description: 'kept',
      basedIn: [{ code: 'BD' }],
      legalStatus: 'HOSTED',
      hostedBy: { id: host },
      mergedFrom: [{ duplicate }],
    });
  });

  test('leads from the old id to the survivor, however often, for those who may see it', async () => {
    const [first, second, third] = [
      await hub.actor(),
      await hub.actor(),
      await hub.actor({ kind: 'diaspora_association' }),
    ];
    const reader = await hub.as('viewer', await hub.actor());
    await merge(second, first);
    expect(await node(reader, first)).toMatchObject({ id: second, mergedFrom: [] });
    expect(await node(await hub.as('viewer', second), first)).toMatchObject({ mergedFrom: [{ duplicate: first }] });
    await merge(third, second);
    expect(await node(coordinator, first)).toMatchObject({ id: third });
    expect(await node(reader, first)).toBeNull();
    expect(await node(reader, second)).toBeNull();
  });

  test('takes the inbox, the digests and the webhooks along, each notification once', async () => {
    const { survivor, duplicate } = await twoOfOne();
    await merge(survivor, duplicate);
    const left = await rows(
      `select 'webhook' as what from app.webhook where actor_id = $1 union all select 'recipient' from app.digest_recipient where actor_id = $1`,
      [duplicate],
    );
    expect(left).toEqual([]);
    expect(await rows(`select occasion from app.notification where actor_id = $1 order by 1`, [survivor])).toEqual([
      { occasion: 'only one' },
      { occasion: 'same' },
    ]);
    expect(await rows(`select digest from app.notification_preference where actor_id = $1`, [survivor])).toEqual([
      { digest: 'DAILY' },
    ]);
  });

  test('takes imports and calendars along; of what both have the survivor keeps its own', async () => {
    const { survivor, duplicate } = await twoOfOne();
    await merge(survivor, duplicate);
    const counted = await rows(
      `select (select count(*)::int from app.import_run r where r.party = a and r.sender_actor = a) as runs,
         (select count(*)::int from app.import_file where party = a) as files,
         (select count(*)::int from app.import_item where party = a) as items,
         (select array_agg(source_key order by 1) from app.import_provenance where owner_id = a) as provenance,
         (select array_agg(headers order by 1) from app.import_mapping where party = a) as mappings,
         (select count(*)::int from app.calendar_feed where actor_id = a) as feeds,
         (select count(*)::int from app.calendar_subscription where actor_id = a) as subscriptions
       from unnest($1::text[]) with ordinality as one (a, position) order by position`,
      [[survivor, duplicate]],
    );
    expect(counted).toEqual([
      {
        runs: 2,
        files: 2,
        items: 2,
        provenance: ['both', 'ours', 'theirs'],
        mappings: ['both', 'ours', 'theirs'],
        feeds: 2,
        subscriptions: 2,
      },
      { runs: 0, files: 0, items: 0, provenance: ['both'], mappings: ['both'], feeds: 0, subscriptions: 0 },
    ]);
  });

  test('of two at once in opposite directions one is done and the other told so', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await hub.actor(), await hub.actor()];
      const answers = await Promise.all([merge(a, b), merge(b, a)]);
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Actor', 'NotFound']);
    }
  });

  test('leaves nothing at the duplicate that somebody enters at that moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [survivor, duplicate] = [await hub.actor(), await hub.actor()];
      const entered = Array.from({ length: 4 }, (_, index) =>
        mutate(coordinator, 'registerProgramme', { name: `Example ${String(index)}`, owner: duplicate }),
      );
      const [merged, ...answers] = await Promise.all([merge(survivor, duplicate), ...entered]);
      expect(merged).toMatchObject({ __typename: 'Actor' });
      expect(await rows('select id from app.programme where owner_id = $1', [duplicate])).toEqual([]);
      for (const { __typename } of answers) expect(['Programme', 'NotFound']).toContain(__typename);
    }
  });
});

describe('undoing a merge', () => {
  test('gives everything back as it was, in every table', async () => {
    const { survivor, duplicate, third } = await twoOfOne();
    const before = await everythingOf([survivor, duplicate, third]);
    expect(JSON.stringify(before).length).toBeGreaterThan(10_000);
    const merged = await merge(survivor, duplicate, { take: ['NAME', 'DESCRIPTION', 'BASED_IN'] });
    expect(merged).toMatchObject({ name: 'Example New Name' });
    expect(await everythingOf([survivor, duplicate, third])).not.toEqual(before);
    expect(await undo(duplicate, merged.version ?? 0)).toMatchObject({
      __typename: 'Actor',
      id: duplicate,
      name: 'Example New Name',
      aliases: ['ENN'],
    });
    expect(await everythingOf([survivor, duplicate, third])).toEqual(before);
    expect(await node(coordinator, survivor)).toMatchObject({ id: survivor, name: 'Example Old Name', mergedFrom: [] });
  });

  test('leaves to the survivor what it got and said since, and may be followed by another merge', async () => {
    const [survivor, duplicate] = [
      await hub.actor({ name: 'Example Before' }),
      await hub.actor({ name: 'Example Other' }),
    ];
    const merged = await merge(survivor, duplicate, { take: ['NAME'] });
    const editor = await hub.as('editor', survivor);
    const later = await idOf(mutate(editor, 'registerProgramme', { name: 'Example later' }));
    const revised = await send(editor, 'reviseActor', 'ReviseActorInput', {
      id: survivor,
      expectedVersion: merged.version,
      name: 'Example Since',
    });
    await undo(duplicate, revised.version ?? 0);
    expect(await rows('select owner_id from app.programme where id = $1', [later])).toEqual([{ owner_id: survivor }]);
    const survivorNow = await node(coordinator, survivor);
    expect(survivorNow).toMatchObject({ name: 'Example Since' });
    expect(await node(coordinator, duplicate)).toMatchObject({ id: duplicate, name: 'Example Other' });
    expect(await merge(survivor, duplicate, { expectedVersion: survivorNow?.version })).toMatchObject({ id: survivor });
  });

  test('is for coordinators, once, in the order opposite to that of the merges', async () => {
    const [a, b, c] = [await hub.actor(), await hub.actor(), await hub.actor()];
    const editor = await hub.as('editor', b);
    const first = await merge(b, a);
    expect(await undo(a, first.version ?? 0, editor)).toMatchObject({ __typename: 'Forbidden' });
    expect(await undo(c, 1)).toMatchObject({ __typename: 'NotFound' });
    const second = await merge(c, b);
    expect(await undo(a, first.version ?? 0)).toMatchObject({ __typename: 'Conflict' });
    expect(await undo(b, 1)).toMatchObject({ __typename: 'StaleVersion' });
    expect(await undo(b, second.version ?? 0)).toMatchObject({ id: b });
    const now = await node(coordinator, b);
    const answers = await Promise.all([undo(a, now?.version ?? 0), undo(a, now?.version ?? 0)]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Actor', 'NotFound']);
    expect(await node(coordinator, a)).toMatchObject({ id: a });
  });
});
