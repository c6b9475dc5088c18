import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';

/** What must be found nowhere but in the answers to those who may see it. */
const CANARY = {
  name: 'Canary Rahima Yellowfinch',
  role: 'canary press officer',
  email: 'canary.yellowfinch@example.org',
  phone: '+880 1711 733733',
  purpose: 'canary questions of the press',
};

let hub: TestHub;
let owner: Client;
let actorId: string;
let programme: string;
let partner: Client;
let clients: Record<string, Client>;

beforeAll(async () => {
  hub = await testHub();
  actorId = await hub.actor();
  const partnerId = await hub.actor();
  owner = await hub.as('editor', actorId);
  partner = await hub.as('editor', partnerId);
  programme = await idOf(mutate(owner, 'registerProgramme', { name: 'Example programme', owner: actorId }));
  await admin(`insert into app.share (id, programme_id, owner_id, actor_id, purpose, until, created_at)
    values ('shr_1', '${programme}', '${actorId}', '${partnerId}', 'to plan together', current_date + 30, now())`);
  clients = {
    owner,
    colleague: await hub.as('viewer', actorId),
    planner: await hub.as('planner', actorId),
    partner,
    stranger: await hub.as('editor', await hub.actor()),
    coordinator: await hub.as('coordinator'),
    observer: await hub.as('observer'),
  };
});
afterAll(() => hub.close());

const admin = (statement: string): Promise<Record<string, unknown>[]> =>
  withClient(hub.database.adminUrl, async (client) => (await client.query<Record<string, unknown>>(statement)).rows);

type Result = Record<string, unknown> & { readonly __typename: string };

const PROBLEM = '... on Problem { code message } ... on InvalidInput { issues { path message } }';
const FIELDS = 'id version name role email phone purpose shared updatedAt';

async function change(client: Client, name: 'addContact' | 'reviseContact', input: object): Promise<Result> {
  const type = name === 'addContact' ? 'AddContactInput' : 'ReviseContactInput';
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ... on Contact { ${FIELDS} } ${PROBLEM} } }`,
    { input },
  );
  return result;
}

async function erase(client: Client, id: string): Promise<Result> {
  const { result } = await client.query<{ result: Result }>(
    `mutation ($id: ID!) { result: eraseContact(input: { id: $id }) { __typename ... on ErasedContact { id erasedAt } ${PROBLEM} } }`,
    { id },
  );
  return result;
}

async function namesOf(client: Client, of: string): Promise<string[]> {
  const { contacts } = await client.query<{ contacts: { name: string }[] }>(
    'query ($of: ID!) { contacts(of: $of) { name } }',
    { of },
  );
  return contacts.map(({ name }) => name);
}

const everybodysView = async (of: string): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    await Promise.all(Object.entries(clients).map(async ([who, client]) => [who, await namesOf(client, of)] as const)),
  );

const added = async (input: object): Promise<string> => String((await change(owner, 'addContact', input))['id']);

describe('keeping', () => {
  test('a contact comes back as it was entered, to its owner', async () => {
    const result = await change(owner, 'addContact', { of: programme, ...CANARY, shared: true });
    expect(result).toMatchObject({ __typename: 'Contact', version: 1, ...CANARY, shared: true });
    await erase(owner, String(result['id']));
  });

  test('what is changed is changed, and the rest stays', async () => {
    const id = await added({ of: programme, ...CANARY });
    const input = { id, expectedVersion: 1, phone: null, role: 'director' };
    expect(await change(owner, 'reviseContact', input)).toMatchObject({
      ...CANARY,
      phone: null,
      role: 'director',
      version: 2,
      shared: false,
    });
    expect(await change(owner, 'reviseContact', input)).toMatchObject({ __typename: 'StaleVersion' });
    await erase(owner, id);
  });

  test('a contact that cannot be reached is refused, also when the last way is taken away', async () => {
    const unreachable = { ...CANARY, email: null, phone: null };
    expect(await change(owner, 'addContact', { of: programme, ...unreachable })).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.email' }],
    });
    const id = await added({ of: programme, ...CANARY, phone: null });
    expect(await change(owner, 'reviseContact', { id, expectedVersion: 1, email: null })).toMatchObject({
      __typename: 'InvalidInput',
    });
    await erase(owner, id);
  });

  test('the same intention sent twice makes one contact, with other input a conflict', async () => {
    const input = { of: programme, ...CANARY, clientMutationKey: 'once' };
    const first = await change(owner, 'addContact', input);
    expect(await change(owner, 'addContact', input)).toEqual(first);
    expect(await change(owner, 'addContact', { ...input, name: 'another' })).toMatchObject({ __typename: 'Conflict' });
    expect(await namesOf(owner, programme)).toEqual([CANARY.name]);
    await erase(owner, String(first['id']));
  });

  test('nobody adds to what is not its own, coordinators neither', async () => {
    for (const who of ['partner', 'coordinator', 'colleague', 'stranger']) {
      const client = clients[who] ?? owner;
      expect(await change(client, 'addContact', { of: programme, ...CANARY }), who).toMatchObject({
        __typename: 'Forbidden',
      });
    }
    expect(await change(owner, 'addContact', { of: 'prg_0000000000000000000000', ...CANARY })).toMatchObject({
      __typename: 'NotFound',
    });
  });

  test('a subject has at most 50, which are read in one statement', async () => {
    const crowded = await idOf(mutate(owner, 'registerProgramme', { name: 'Crowded', owner: actorId }));
    for (let batch = 0; batch < 5; batch += 1)
      await Promise.all(Array.from({ length: 10 }, () => added({ of: crowded, ...CANARY })));
    expect(await change(owner, 'addContact', { of: crowded, ...CANARY })).toMatchObject({
      __typename: 'LimitExceeded',
    });
    // One for all contacts.
    const statements = await statementsDuring(async () => {
      expect(await namesOf(owner, crowded)).toHaveLength(50);
    });
    expect(statements).toHaveLength(1);
  });
});

describe('who sees a contact', () => {
  const nobody = { partner: [], stranger: [], coordinator: [], observer: [] };
  const own = (name: string) => ({ owner: [name], colleague: [name], planner: [name] });

  test('of a programme: its owner’s people, and those it is shared with when the contact is', async () => {
    const id = await added({ of: programme, ...CANARY });
    expect(await everybodysView(programme)).toEqual({ ...nobody, ...own(CANARY.name) });
    await change(owner, 'reviseContact', { id, expectedVersion: 1, shared: true });
    const shown = { ...nobody, ...own(CANARY.name), partner: [CANARY.name], coordinator: [CANARY.name] };
    expect(await everybodysView(programme)).toEqual(shown);
    await admin(`update app.share set revoked_at = now()`);
    expect(await everybodysView(programme)).toEqual({ ...shown, partner: [] });
    await admin(`update app.share set revoked_at = null`);
    await erase(owner, id);
  });

  test('of an actor: its own people, and whom it shares any programme with', async () => {
    const id = await added({ of: actorId, ...CANARY, shared: true });
    const shown = { ...nobody, ...own(CANARY.name), partner: [CANARY.name], coordinator: [CANARY.name] };
    expect(await everybodysView(actorId)).toEqual(shown);
    await change(owner, 'reviseContact', { id, expectedVersion: 1, shared: false });
    expect(await everybodysView(actorId)).toEqual({ ...nobody, ...own(CANARY.name) });
    await erase(owner, id);
  });

  test('of a restricted programme: only those of its owner’s people whom the owner named', async () => {
    const id = await added({ of: programme, ...CANARY, shared: true });
    await admin(`update app.programme set visibility = 'restricted' where id = '${programme}'`);
    expect(await everybodysView(programme)).toEqual({ ...nobody, owner: [], colleague: [], planner: [] });
    await admin(`update app.programme set visibility = 'members' where id = '${programme}'`);
    await erase(owner, id);
  });

  test('who only sees one may not change it, who does not is told that there is none', async () => {
    const id = await added({ of: programme, ...CANARY, shared: true });
    const revision = { id, expectedVersion: 1, name: 'another' };
    expect(await change(partner, 'reviseContact', revision)).toMatchObject({ __typename: 'Forbidden' });
    expect(await erase(partner, id)).toMatchObject({ __typename: 'Forbidden' });
    // An observer may only read, whatever there is.
    for (const [who, refusal] of [
      ['stranger', 'NotFound'],
      ['observer', 'Forbidden'],
    ] as const) {
      const client = clients[who] ?? owner;
      expect(await change(client, 'reviseContact', revision), who).toMatchObject({ __typename: refusal });
      expect(await erase(client, id), who).toMatchObject({ __typename: refusal });
    }
    expect(await namesOf(owner, programme)).toEqual([CANARY.name]);
    await erase(owner, id);
  });
});

describe('erasing', () => {
  test('a coordinator erases a contact that it does not see; a second time tells when it was', async () => {
    const id = await added({ of: programme, ...CANARY });
    const coordinator = clients['coordinator'] ?? owner;
    expect(await namesOf(coordinator, programme)).toEqual([]);
    const erased = await erase(coordinator, id);
    expect(erased).toEqual({ __typename: 'ErasedContact', id, erasedAt: expect.any(String) });
    expect(await namesOf(owner, programme)).toEqual([]);
    expect(await erase(owner, id)).toEqual(erased);
    expect(await change(owner, 'reviseContact', { id, expectedVersion: 2, name: 'back' })).toMatchObject({
      __typename: 'NotFound',
    });
  });

  test('nothing of a contact is in the database in clear, and after it was erased nothing at all but a tombstone', async () => {
    const id = await added({ of: programme, ...CANARY, clientMutationKey: 'to-be-erased' });
    await change(owner, 'reviseContact', { id, expectedVersion: 1, name: `${CANARY.name} II` });
    const stored = await admin(`select encode(sealed, 'hex') as sealed, encode(wrapped, 'hex') as wrapped
      from app.contact join app.contact_key on contact_id = id where id = '${id}'`);
    const secrets = stored.flatMap((row) => Object.values(row).map(String));
    expect(secrets).toHaveLength(2);
    const before = await dump();
    expect(secrets.filter((secret) => before.includes(secret))).toEqual(secrets);
    expect(canariesIn(before)).toEqual([]);

    await erase(owner, id);
    const after = await dump();
    expect(canariesIn(after)).toEqual([]);
    expect(secrets.filter((secret) => after.includes(secret))).toEqual([]);
    const [tombstone] = await admin(`select * from app.contact where id = '${id}'`);
    expect(tombstone).toMatchObject({
      sealed: null,
      erased_at: expect.any(Date),
      erased_by: expect.stringMatching(/^key_/),
    });
    const trail = await admin(`select action, detail from app.audit where subject_id = '${id}' order by id`);
    expect(trail).toEqual([
      { action: 'contact.added', detail: { shared: false } },
      { action: 'contact.revised', detail: {} },
      { action: 'contact.erased', detail: {} },
    ]);
  });

  test('nothing of a contact is logged, not even when the database refuses to store it', async () => {
    await admin('alter table app.contact add constraint refusing check (version < 0) not valid');
    const failed = await owner.send(
      'mutation ($input: AddContactInput!) { addContact(input: $input) { __typename } }',
      { input: { of: programme, ...CANARY } },
    );
    await admin('alter table app.contact drop constraint refusing');
    expect(JSON.stringify(failed.errors)).toContain('INTERNAL');
    expect(hub.logged.join('')).toContain('refusing');
    expect(canariesIn(hub.logged.join('\n'))).toEqual([]);
  });

  /** Every row of every table of ours and of the queues, as text. */
  async function dump(): Promise<string> {
    const tables = await admin(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('app', 'queue')`,
    );
    expect(tables.length).toBeGreaterThan(30);
    const texts: string[] = [];
    // One after the other: all at once would take all connections that there are.
    for (const { name } of tables) {
      const rows = await admin(`select row_to_json(t)::text as row from ${String(name)} t`);
      texts.push(...rows.map(({ row }) => String(row)));
    }
    return texts.join('\n');
  }

  /** Which canaries a text holds, also as hex, base64, or the SHA-256 of what was sent. */
  function canariesIn(text: string): string[] {
    return Object.values(CANARY).filter((canary) => {
      const bytes = Buffer.from(canary);
      const forms = [canary, bytes.toString('hex'), bytes.toString('base64').replace(/=*$/, '')];
      return forms.some((form) => text.toLowerCase().includes(form.toLowerCase()));
    });
  }
});
