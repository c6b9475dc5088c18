import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SignInAudit } from '../../core/access/sign-in-audit.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { isWhole } from '../../core/audit/say-audit.ts';
import { sealWaiting } from '../../core/audit/sealing.ts';
import { verifyAudit } from '../../core/audit/verify.ts';
import { select } from '../../core/projection/selection.ts';
import { fixedClock, systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { coordinatorInPerson, issueApiKey, issued, people, revokeApiKey } from '../support/access.ts';
import type { Client } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

/** What people wrote, and what must not be found in the audit. */
const CANARY = 'canary';
const PERSON = { name: `${CANARY} Rahima`, email: `${CANARY}@example.org`, purpose: `${CANARY} questions` };
const READ = 'query ($id: ID!) { node(id: $id) { id } }';

interface Row {
  readonly action: string;
  readonly key_id: string | null;
  readonly actor_id: string | null;
  readonly subject_id: string | null;
  readonly detail: Record<string, unknown>;
}

// It moves only by tests, so that no minute or hour ends in the middle of one.
const clock = fixedClock(systemClock.now() - (systemClock.now() % 3_600_000));
let hub: WorkingHub;
let owner: Client;
let other: Client;
let coordinator: Client;
let ownerId: string;
let otherId: string;
let ownerKey: string;

beforeAll(async () => {
  hub = await workingHub({ clock });
  ownerId = await hub.actor({ name: `${CANARY} owner`, kind: 'state_national' });
  otherId = await hub.actor({ name: `${CANARY} other`, kind: 'state_national' });
  [owner, other, coordinator] = [
    await hub.as('editor', ownerId),
    await hub.as('editor', otherId),
    await hub.as('coordinator'),
  ];
  ownerKey = await idOfKey(owner);
});
afterAll(() => hub.close());

const asAdmin = <T>(body: (admin: pg.Client) => Promise<T>): Promise<T> => withClient(hub.database.adminUrl, body);

async function idOfKey(client: Client): Promise<string> {
  const { rows } = await asAdmin((admin) =>
    admin.query<{ id: string }>('select id from app.api_key where public_id = $1', [client.key.split('_')[2]]),
  );
  return String(rows[0]?.id);
}

/** The rows that were written while the body ran, the first first. */
async function writtenBy(body: () => Promise<unknown>, action: string | null = null): Promise<Row[]> {
  return asAdmin(async (admin) => {
    const before = await admin.query<{ last: string }>('select coalesce(max(id), 0) as last from app.audit');
    await body();
    const { rows } = await admin.query<Row>(
      `select action, key_id, actor_id, subject_id, detail from app.audit
        where id > $1 and ($2::text is null or action = $2) order by id`,
      [before.rows[0]?.last, action],
    );
    return rows;
  });
}

/** Whether a request is answered while nobody can write to the audit. It is let go on once it waits for the audit. */
async function isAnsweredWithoutAudit(request: () => Promise<unknown>): Promise<boolean> {
  return asAdmin(async (admin) => {
    await admin.query('begin');
    await admin.query('lock table app.audit in exclusive mode');
    let isAnswered = false;
    const answered = request().then(() => {
      isAnswered = true;
    });
    for (let waiting = 0; waiting === 0 && !isAnswered;) {
      const { rows } = await admin.query<{ count: number }>(
        `select count(*)::int as count from pg_locks where relation = 'app.audit'::regclass and not granted`,
      );
      waiting = rows[0]?.count ?? 0;
    }
    // An answer that does not wait is here before the second of these.
    for (let i = 0; i < 2; i += 1) await fetch(`${hub.url}/healthz`);
    const early = isAnswered;
    await admin.query('commit');
    await answered;
    return early;
  });
}

describe('who comes in', () => {
  test('is noted once an hour, by key and actor', async () => {
    const client = await hub.as('viewer', ownerId);
    const id = await idOfKey(client);
    const signIns = await writtenBy(async () => {
      await client.query('{ viewer { label } }');
      await client.query('{ viewer { label } }');
    }, 'signed-in');
    expect(signIns).toEqual([
      { action: 'signed-in', key_id: id, actor_id: ownerId, subject_id: null, detail: { by: 'key' } },
    ]);
  });
});

describe('who is turned away', () => {
  const unauthorized = async (key: string): Promise<void> => {
    expect((await hub.present(key).send('{ viewer { label } }')).status).toBe(401);
  };

  test('is noted with the key that was presented, before the answer', async () => {
    const { id, text } = await issued(owner, { label: 'ended', role: 'VIEWER' });
    await revokeApiKey(owner, id);
    expect(await isAnsweredWithoutAudit(() => unauthorized(text))).toBe(false);
    expect(await writtenBy(() => unauthorized(text), 'denied')).toEqual([
      { action: 'denied', key_id: null, actor_id: null, subject_id: id, detail: { reason: 'revoked' } },
    ]);
  });

  test('with any number of keys that nobody issued fills no table', async () => {
    const rows = await writtenBy(() =>
      Promise.all(Array.from({ length: 15 }, (_, i) => unauthorized(`ccd_live_${String(i)}`))),
    );
    expect(rows).toEqual([
      { action: 'denied', key_id: null, actor_id: null, subject_id: null, detail: { reason: 'not-a-key' } },
    ]);
  });

  test('again and again in a minute is counted, and the count is written when the minute is over', async () => {
    const ticking = fixedClock(Date.UTC(2031, 0, 1, 12));
    const audit = new SignInAudit(hub.app.services.auditLog, ticking);
    const denials = async (keyId: string | null, times: number): Promise<void> => {
      for (let i = 0; i < times; i += 1)
        await audit.hear({ kind: 'denied', keyId, publicId: null, reason: 'wrong-secret', viewer: null });
    };
    const first = await writtenBy(async () => {
      await denials('key_known', 25);
      await denials(null, 7);
      await audit.writeCounts();
    });
    expect(first.map(({ subject_id }) => subject_id)).toEqual([...Array<string>(10).fill('key_known'), null]);
    ticking.advance(60_000);
    const since = '2031-01-01T12:00:00.000Z';
    expect((await writtenBy(() => audit.writeCounts())).map(({ subject_id, detail }) => [subject_id, detail])).toEqual([
      ['key_known', { reason: 'wrong-secret', more: 15, since }],
      [null, { reason: 'wrong-secret', more: 6, since }],
    ]);
    expect(await writtenBy(() => audit.settle())).toEqual([]);
  });
});

describe('who reads what is restricted', () => {
  let programme: string;
  let campaign: string;
  let entry: string;
  const reads = async (body: () => Promise<unknown>): Promise<unknown[]> =>
    (await writtenBy(body, 'restricted.read')).map(({ key_id, actor_id, subject_id, detail }) => {
      expect([actor_id, detail]).toEqual([ownerId, {}]);
      return [key_id, subject_id];
    });

  beforeAll(async () => {
    const release = { visibility: 'RESTRICTED' };
    const days = { start: '2031-03-01', end: '2031-03-20' };
    programme = await idOf(mutate(owner, 'registerProgramme', { name: `${CANARY} shelter`, release }));
    campaign = await idOf(mutate(owner, 'planCampaign', { programme, name: `${CANARY} inside` }));
    entry = await idOf(mutate(owner, 'addCalendarEntry', { campaign, name: `${CANARY} day`, footprint: { days } }));
    await idOf(mutate(owner, 'registerProgramme', { name: `${CANARY} open` }));
  });

  test('is noted before the answer, for each record by itself', async () => {
    for (const id of [programme, campaign, entry]) {
      expect(await isAnsweredWithoutAudit(() => owner.query(READ, { id }))).toBe(false);
      expect(await reads(() => owner.query(READ, { id }))).toEqual([[ownerKey, id]]);
    }
  });

  test.each([
    ['a list', '{ programmes { nodes { name } } }', 1],
    ['edges', '{ programmes { edges { node { id } } } }', 1],
    ['cursors, which tell names', '{ programmes { edges { cursor } } }', 1],
    ['the cursor of a page', '{ programmes { pageInfo { endCursor } } }', 1],
    ['what is inside', '{ programmes { nodes { name campaigns { nodes { name entries { nodes { name } } } } } } }', 3],
    [
      'what is around',
      '{ calendar(filter: { between: { start: "2031-03-01" } }) { nodes { campaign { programme { name } } } } }',
      3,
    ],
    ['any alias', '{ programmes { nodes { restricted: name _: id } } }', 1],
    ['a count', '{ programmes { totalCount } }', 0],
  ])('is noted whatever they ask for: %s', async (_what, document, times) => {
    const expected = [programme, campaign, entry].slice(0, times).map((id) => [ownerKey, id]);
    expect((await reads(() => owner.query(document))).sort()).toEqual(expected.sort());
  });

  test('leaves no row when they see nothing of it, nor when the hub itself reads', async () => {
    const colleague = await hub.as('editor', ownerId);
    const rows = await reads(async () => {
      for (const client of [other, coordinator, colleague])
        expect(await client.query(READ, { id: programme })).toEqual({ node: null });
      expect(
        await hub.app.services.reads.one(HUB_VIEWER, 'Programme', select('programme', ['id']), programme),
      ).toMatchObject({ id: programme });
    });
    expect(rows).toEqual([]);
  });

  test('leaves no row any more once it is not restricted, and the change says from what to what', async () => {
    const release = { visibility: 'MEMBERS' };
    const changes = await writtenBy(
      () => idOf(mutate(owner, 'reviseProgramme', { id: programme, expectedVersion: 1, release })),
      'release.changed',
    );
    expect(changes.map(({ subject_id, detail }) => [subject_id, detail]).sort()).toEqual(
      [programme, campaign, entry].map((id) => [id, { visibility: 'restricted:members' }]).sort(),
    );
    expect(await reads(() => owner.query(READ, { id: programme }))).toEqual([]);
  });
});

describe('who reads contacts', () => {
  test('is noted once a key, subject and hour, before the answer', async () => {
    const add = `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename } }`;
    const contacts = `query ($of: ID!) { contacts(of: $of) { name } }`;
    await owner.query(add, { input: { of: ownerId, shared: true, ...PERSON } });
    const read = (): Promise<unknown> => coordinator.query(contacts, { of: ownerId });
    const rows = await writtenBy(async () => {
      expect(await isAnsweredWithoutAudit(read)).toBe(false);
      expect(await read()).toEqual({ contacts: [{ name: PERSON.name }] });
    }, 'contacts.read');
    const keyId = await idOfKey(coordinator);
    expect(rows).toEqual([{ action: 'contacts.read', key_id: keyId, actor_id: null, subject_id: ownerId, detail: {} }]);
    expect(await writtenBy(() => other.query(contacts, { of: otherId }), 'contacts.read')).toEqual([]);
  });
});

describe('what is changed', () => {
  /** The actions and details of a change about a subject, which the client made. */
  async function told(client: Client, body: () => Promise<unknown>): Promise<[string, unknown][]> {
    const keyId = await idOfKey(client);
    const rows = await writtenBy(body);
    return rows
      .filter(({ key_id, action }) => key_id === keyId && action !== 'signed-in')
      .map(({ action, detail }) => [action, detail]);
  }

  test('a share is granted and revoked', async () => {
    const programme = await idOf(mutate(owner, 'registerProgramme', { name: `${CANARY} shared` }));
    let id = '';
    const share = `mutation ($input: ShareProgrammeInput!) { result: shareProgramme(input: $input) { ... on Share { id } } }`;
    const input = { programme, with: otherId, purpose: `${CANARY} purpose`, until: '2999-12-31' };
    const granted = await told(owner, async () => {
      ({
        result: { id },
      } = await owner.query<{ result: { id: string } }>(share, { input }));
    });
    expect(granted).toEqual([['share.granted', { programme, with: otherId, until: '2999-12-31' }]]);
    const revoke = `mutation ($input: RevokeShareInput!) { revokeShare(input: $input) { __typename } }`;
    expect(await told(owner, () => owner.query(revoke, { input: { id, expectedVersion: 1 } }))).toEqual([
      ['share.revoked', {}],
    ]);
  });

  test('keys and roles are given and taken', async () => {
    let keyId = '';
    const role = { role: 'viewer', actor: ownerId };
    const given = await told(owner, async () => {
      keyId = (await issued(owner, { label: CANARY, role: 'VIEWER' })).id;
      await revokeApiKey(owner, keyId);
      await issueApiKey(owner, { label: CANARY, role: 'EDITOR', scopes: ['WRITE'] });
    });
    expect(given).toEqual([
      ['key.issued', { ...role, scopes: '' }],
      ['key.revoked', {}],
      ['key.issued', { role: 'editor', actor: ownerId, scopes: 'write' }],
    ]);
    const person = { issuer: 'https://id.example', subject: CANARY, label: CANARY, role: 'VIEWER' };
    let id: unknown;
    const granted = await told(owner, async () => {
      ({ id } = await people(owner, 'grantMembership', { ...person, actor: ownerId }));
    });
    expect(granted).toEqual([['role.granted', role]]);
    const roles = await told(coordinator, async () => {
      await people(coordinator, 'suspendUser', { membership: id });
      await people(coordinator, 'reinstateUser', { membership: id });
      await people(coordinator, 'revokeMembership', { id });
    });
    expect(roles).toEqual([
      ['user.suspended', {}],
      ['user.reinstated', {}],
      ['role.revoked', { role: 'viewer' }],
    ]);
  });

  test('an actor is vouched for, verified, and suspended', async () => {
    const id = savedId(
      await hub.app.services.actors.register(HUB_VIEWER, { name: `${CANARY} group`, kind: 'diaspora_association' }),
    );
    const vet = async (client: Client, name: 'verify' | 'suspend', expectedVersion: number): Promise<unknown> => {
      const said = name === 'verify' ? { evidence: CANARY } : { reason: CANARY };
      const type = name === 'verify' ? 'VerifyActorInput' : 'SuspendActorInput';
      return client.query(`mutation ($input: ${type}!) { ${name}Actor(input: $input) { __typename } }`, {
        input: { id, expectedVersion, ...said },
      });
    };
    const second = await coordinatorInPerson(hub, 'second');
    await second.query('{ viewer { label } }');

    clock.advance(1);
    expect(await told(coordinator, () => vet(coordinator, 'verify', 1))).toEqual([['actor.vouched-for', {}]]);
    clock.advance(1);
    expect(await told(second, () => vet(second, 'verify', 2))).toEqual([['actor.verified', {}]]);
    clock.advance(1);
    expect(await told(second, () => vet(second, 'suspend', 3))).toEqual([['actor.suspended', {}]]);
  });

  test('an answer to a suggestion is given and withdrawn, and none tells which', async () => {
    for (const [client, place] of [
      [owner, 'BD'],
      [other, 'MY'],
    ] as const) {
      const footprint = {
        days: { start: '2031-01-20', end: '2031-01-31' },
        places: [place],
        corridors: ['rohingya_andaman'],
        audiences: ['refugee_in_camp'],
        themes: ['people_smuggling'],
      };
      await idOf(mutate(client, 'planCampaign', { name: `${CANARY} ${place}`, footprint }));
    }
    await hub.workers.quiet();
    const { suggestions } = await owner.query<{ suggestions: { nodes: { id: string; version: number }[] } }>(
      '{ suggestions { nodes { id version } } }',
    );
    const [suggestion] = suggestions.nodes;
    const say = (verb: string) => (): Promise<unknown> =>
      owner.query(`mutation ($input: AnswerSuggestionInput!) { ${verb}(input: $input) { __typename } }`, {
        input: { id: suggestion?.id, expectedVersion: suggestion?.version },
      });
    const endorsed = await told(owner, say('endorseSuggestion'));
    expect(endorsed).toEqual([['answer.given', {}]]);
    expect(await told(owner, say('declineSuggestion'))).toEqual(endorsed);
    expect(await told(owner, say('withdrawAnswer'))).toEqual([['answer.withdrawn', {}]]);
  });
});

describe('afterwards', () => {
  test('nothing that people wrote, and nothing secret, is in the audit', async () => {
    const { rows } = await asAdmin((admin) => admin.query<{ row: string }>('select a::text as row from app.audit a'));
    expect(rows.length).toBeGreaterThan(50);
    const secrets = [owner, other, coordinator].map(({ key }) => key.split('_')[3] ?? key);
    for (const { row } of rows)
      for (const text of [CANARY, '127.0.0.1', 'https://', ...secrets]) expect(row).not.toContain(text);
  });

  test('the chain is whole', async () => {
    const orm = await openOrm({ url: hub.database.workerUrl, entities: [], applicationName: 'test-verify' });
    try {
      const worker = new UnitOfWork(orm, clock, systemRandomness);
      const report = async () => {
        await worker.run(HUB_VIEWER, (work) => sealWaiting(work));
        return worker.look(HUB_VIEWER, (work) => verifyAudit(work));
      };
      await expect.poll(async () => (await report()).waiting).toBe(0);
      const { rows, ...rest } = await report();
      expect(isWhole({ rows, ...rest })).toBe(true);
      expect(rows).toBeGreaterThan(50);
    } finally {
      await orm.close();
    }
  });
});
