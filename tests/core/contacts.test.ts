import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../core/access/viewer.ts';
import { ContactService } from '../../core/contacts/contact.service.ts';
import { ContactVault } from '../../core/contacts/contact-vault.ts';
import { AuditLog } from '../../core/access/audit-log.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type MatchingWorld, matchingWorld, savedId } from '../support/matching.ts';

const DETAILS = { name: 'Example Person', role: null, email: 'person@example.org', phone: null, purpose: 'the press' };
const vault = (secret: number) => new ContactVault(new Uint8Array(32).fill(secret), seededRandomness('vault'));

describe('the vault', () => {
  test('what was sealed opens again, and tells nothing while it is closed', () => {
    const sealed = vault(1).seal('con_1', DETAILS);
    expect(vault(1).open('con_1', sealed)).toEqual(DETAILS);
    expect(sealed.sealed.toString('latin1')).not.toContain('person');
  });

  test('the same person sealed twice looks different each time', () => {
    const one = vault(1);
    const [a, b] = [one.seal('con_1', DETAILS), one.seal('con_1', DETAILS)];
    expect(a.sealed.equals(b.sealed)).toBe(false);
    expect(a.wrappedKey.equals(b.wrappedKey)).toBe(false);
  });

  test('nothing opens for another contact, with another secret, with another key, or with a flipped bit', () => {
    const one = vault(1);
    const sealed = one.seal('con_1', DETAILS);
    const flipped = (bytes: Buffer, at: number): Buffer => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    };
    expect(() => one.open('con_2', sealed)).toThrow();
    expect(() => vault(2).open('con_1', sealed)).toThrow();
    expect(() => one.open('con_1', { ...sealed, wrappedKey: one.seal('con_1', DETAILS).wrappedKey })).toThrow();
    for (const part of ['sealed', 'wrappedKey'] as const) {
      for (const at of [0, 13, 30, sealed[part].length - 1]) {
        expect(
          () => one.open('con_1', { ...sealed, [part]: flipped(sealed[part], at) }),
          `${part} ${String(at)}`,
        ).toThrow();
      }
    }
  });

  test('a fingerprint needs the secret', () => {
    const plain = createHash('sha256').update('text').digest('hex');
    expect(vault(1).fingerprint('text')).toBe(vault(1).fingerprint('text'));
    expect(new Set([plain, vault(1).fingerprint('text'), vault(2).fingerprint('text')]).size).toBe(3);
  });
});

describe('in the database', () => {
  let world: MatchingWorld;
  let service: ContactService;
  let editor: Viewer;

  beforeAll(async () => {
    world = await matchingWorld();
    service = new ContactService(world.app.unitOfWork, vault(1), new AuditLog(world.app.unitOfWork));
    const actorId = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example owner', kind: 'national_ngo' }));
    editor = { keyId: 'key_editor', userId: null, label: 'an editor', role: 'editor', scopes: ['write'], actorId };
  });
  afterAll(() => world.close());

  const add = async (input: object = {}): Promise<string> =>
    savedId(await service.add(editor, { of: editor.actorId, ...DETAILS, ...input }));
  const admin = (statement: string): Promise<Record<string, unknown>[]> =>
    withClient(
      world.database.adminUrl,
      async (client) => (await client.query<Record<string, unknown>>(statement)).rows,
    );

  test('background work cannot even look at contacts', async () => {
    await add();
    await withClient(world.database.workerUrl, async (client) => {
      await client.query(`select set_config('app.role', 'operator', false)`);
      for (const table of ['contact', 'contact_key']) {
        await expect(client.query(`select from ${table}`)).rejects.toMatchObject({ code: '42501' });
      }
      await expect(client.query(`select app.erase_contact('con_1', now())`)).rejects.toMatchObject({ code: '42501' });
    });
  });

  test('without the context of a viewer requests see and erase nothing', async () => {
    const id = await add();
    await withClient(world.database.appUrl, async (client) => {
      expect((await client.query('select from contact')).rowCount).toBe(0);
      expect((await client.query('select from contact_key')).rowCount).toBe(0);
      expect((await client.query('select erased_at from app.erase_contact($1, now())', [id])).rows).toEqual([
        { erased_at: null },
      ]);
      await client.query(`select app.move_contacts($1, 'act_other')`, [editor.actorId]);
    });
    expect(await service.one(editor, id)).toMatchObject(DETAILS);
  });

  test('the hub itself does not read contacts', async () => {
    await add({ shared: true });
    expect(await service.of(HUB_VIEWER, String(editor.actorId))).toEqual([]);
  });

  test('what a retry is known by is no plain hash of the input', async () => {
    await add({ clientMutationKey: 'keyed' });
    const [row] = await admin(`select input_hash from app.idempotency where mutation_key = 'keyed'`);
    const input = { ...DETAILS, of: editor.actorId };
    const guesses = [
      input,
      { of: editor.actorId, ...DETAILS },
      {
        name: DETAILS.name,
        role: null,
        email: DETAILS.email,
        phone: null,
        purpose: DETAILS.purpose,
        of: editor.actorId,
      },
    ].map((guess) => createHash('sha256').update(JSON.stringify(guess)).digest('hex'));
    expect(row?.['input_hash']).toMatch(/^[0-9a-f]{64}$/);
    expect(guesses).not.toContain(row?.['input_hash']);
  });

  test('no event tells of contacts', async () => {
    await world.takeEvents();
    const id = await add();
    await service.revise(editor, { id, expectedVersion: 1, name: 'Another Person' });
    await service.erase(editor, { id });
    expect(await world.takeEvents()).toEqual([]);
  });

  test('who overtakes an erasure brings nothing back', async () => {
    const id = await add();
    const [erased, revised] = await Promise.all([
      service.erase(editor, { id }),
      service.revise(editor, { id, expectedVersion: 1, name: 'Another Person' }),
    ]);
    expect(erased.kind).toBe('erased');
    expect(['saved', 'not-found']).toContain(revised.kind);
    expect(await service.one(editor, id)).toBeNull();
    expect(await admin(`select * from app.contact_key where contact_id = '${id}'`)).toEqual([]);
  });

  test('after a merge the contacts are those of the survivor, and still open', async () => {
    const register = async (name: string): Promise<string> =>
      savedId(await world.actors.register(HUB_VIEWER, { name, kind: 'national_ngo' }));
    const [survivor, duplicate] = [await register('Example survivor'), await register('Example duplicate')];
    const before: Viewer = { ...editor, actorId: duplicate };
    const id = savedId(await service.add(before, { of: duplicate, ...DETAILS }));
    const coordinator: Viewer = {
      keyId: 'key_c',
      userId: null,
      label: 'a coordinator',
      role: 'coordinator',
      scopes: ['write', 'vet'],
      actorId: null,
    };
    savedId(await world.actors.merge(coordinator, { survivor, duplicate, expectedVersion: 1 }));
    expect(await service.of({ ...editor, actorId: survivor }, survivor)).toMatchObject([{ id, ...DETAILS }]);
  });
});
