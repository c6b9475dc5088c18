import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Concord } from '@concord/client-sdk';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

let hub: WorkingHub;
let ngo: Concord;
let ngoId: string;
let partner: Concord;
let partnerId: string;
let coordinator: Concord;

beforeAll(async () => {
  hub = await workingHub();
  ngoId = await hub.actor({ name: 'Example Coast Radio' });
  partnerId = await hub.actor({ name: 'Example Hill Radio' });
  ngo = withKey((await hub.as('editor', ngoId)).key);
  partner = withKey((await hub.as('editor', partnerId)).key);
  coordinator = withKey((await hub.as('coordinator')).key);
});
afterAll(() => hub.close());

function withKey(apiKey: string): Concord {
  return new Concord({ url: hub.url, apiKey });
}

describe('an actor', () => {
  test('is vouched for, taken out, and united with another record of itself', async () => {
    const kind = 'national_ngo';
    const waiting = await ngo.actors.register({ name: 'Example Newcomer', kind });
    expect(await ngo.actors.tryVerify(waiting, { evidence: 'I say so' })).toMatchObject({ code: 'FORBIDDEN' });
    const grounds = { evidence: 'The register of associations', validUntil: '2040-12-31' };
    const verified = await coordinator.actors.verify(waiting, grounds);
    expect(verified.vetting).toBe('VERIFIED');
    const twin = await coordinator.actors.register({ name: 'Example Newcomer Ltd', kind });
    const survivor = await coordinator.actors.merge(verified, twin.id);
    expect(survivor.id).toBe(waiting.id);
    expect(await coordinator.actors.get(twin.id)).toBeNull();
    expect(await coordinator.actors.suspend(survivor, 'Closed')).toMatchObject({ vetting: 'SUSPENDED' });
  });
});

describe('a contact', () => {
  test('is whom to write to, until it is forgotten', async () => {
    const added = await ngo.contacts.add({ of: ngoId, name: 'A. Example', purpose: 'Airtime', email: 'a@example.org' });
    const revised = await ngo.contacts.revise({ id: added.id, expectedVersion: 1, role: 'editor' });
    expect(await ngo.contacts.of(ngoId)).toEqual([revised]);
    expect(await partner.contacts.of(ngoId)).toEqual([]);
    const erased = await ngo.contacts.erase(added.id);
    expect(await ngo.contacts.erase(added.id)).toEqual(erased);
    expect(await ngo.contacts.of(ngoId)).toEqual([]);
  });
});

describe('a programme that not everybody may see', () => {
  test('is shared with one actor for a while, and its owner sees what others see of it', async () => {
    const release = { visibility: 'PARTNERS' } as const;
    const { id } = await ngo.programmes.register({ name: 'Quiet work', release });
    expect(await partner.programmes.get(id)).toBeNull();
    expect(await ngo.previewAs(id, { actor: partnerId })).toEqual({ seen: null });
    const purpose = 'To plan the spring together';
    const share = await ngo.shares.grant({ programme: id, with: partnerId, purpose, until: '2040-12-31' });
    expect(await partner.programmes.get(id)).toMatchObject({ name: 'Quiet work' });
    expect(await ngo.previewAs(id, { actor: partnerId })).toMatchObject({ seen: { name: 'Quiet work' } });
    expect(await partner.shares.of(id)).toEqual([share]);
    expect(await partner.previewAs(id, { eyes: 'ANYBODY' })).toBeNull();
    const ended = await ngo.shares.revoke(share);
    expect(ended.revokedAt).not.toBeNull();
    expect([await partner.programmes.get(id), await partner.shares.of(id)]).toEqual([null, []]);
  });
});

describe('the inbox', () => {
  test('tells what happened, until it is marked as read', async () => {
    const footprint = {
      days: { start: '2031-03-01', end: '2031-03-31' },
      places: ['BD'],
      audiences: ['student'],
      themes: ['child_protection'],
      channels: ['radio'],
    };
    await ngo.campaigns.plan({ name: 'At schools', footprint });
    await partner.campaigns.plan({ name: 'At schools, too', footprint });
    await hub.workers.quiet();
    const unread = ngo.notifications.list({ filter: { unread: true } });
    const told = await unread.all();
    expect(told.map(({ kind }) => kind).sort()).toEqual(['NEW_OVERLAP', 'NEW_SUGGESTION']);
    expect((await ngo.viewer()).unread).toBe(2);
    const [latest] = told;
    expect(await ngo.notifications.markRead([latest?.id ?? ''])).toMatchObject({ marked: 1, unread: 1 });
    expect(await ngo.notifications.markReadUpTo(latest?.id ?? '')).toMatchObject({ marked: 1, unread: 0 });
    expect(await unread.all()).toEqual([]);
    expect(await partner.notifications.tryMarkRead([latest?.id ?? ''])).toMatchObject({ __typename: 'NotFound' });
  });

  test('is told by mail as its actor wants it', async () => {
    expect(await coordinator.notifications.preferences()).toBeNull();
    const { version = 0 } = (await ngo.notifications.preferences()) ?? {};
    const contact = await ngo.contacts.add({ of: ngoId, name: 'Desk', purpose: 'News', email: 'desk@example.org' });
    const set = await ngo.notifications.setPreferences({
      expectedVersion: version,
      digest: 'WEEKLY',
      weekday: 3,
      mailTo: [contact.id],
    });
    expect(set).toMatchObject({ digest: 'WEEKLY', weekday: 3, mailTo: [{ contactId: contact.id, state: 'ACTIVE' }] });
    expect(await ngo.notifications.preferences()).toEqual(set);
  });

  test('is told to programs', async () => {
    expect(await ngo.webhooks.tryRegister({ url: 'http://example.org' })).toMatchObject({ code: 'INVALID_INPUT' });
    const { webhook, secret } = await ngo.webhooks.register({
      url: 'https://hook.invalid/concord',
      kinds: ['INVITATION'],
    });
    expect(secret).toEqual(expect.any(String));
    await ngo.webhooks.ping(webhook.id);
    expect(await ngo.webhooks.list()).toMatchObject([{ id: webhook.id, lastDelivery: { kind: 'PING' } }]);
    const revoked = await ngo.webhooks.revoke(webhook.id);
    expect(revoked.state).toBe('REVOKED');
    expect(await partner.webhooks.list()).toEqual([]);
  });
});

describe('a suggestion', () => {
  test('is dismissed for everybody with a reason, also in a word', async () => {
    const [open] = await ngo.suggestions.list({ filter: { statuses: ['OPEN'] } }).all();
    if (!open) throw new Error('nothing is suggested');
    const dismissed = await ngo.suggestions.dismiss(open, 'We take turns.', { code: 'ALREADY_DONE' });
    expect(dismissed).toMatchObject({ id: open.id, status: 'DISMISSED' });
    const why = '{ suggestions { nodes { id dismissedReason dismissedCode } } }';
    expect(await partner.query(why)).toEqual({
      suggestions: { nodes: [{ id: open.id, dismissedReason: 'We take turns.', dismissedCode: 'ALREADY_DONE' }] },
    });
  });
});

describe('whoever lets others in', () => {
  test('issues keys with at most its own rights, and takes them back', async () => {
    const { key, text } = await ngo.apiKeys.issue({ label: 'The night job', role: 'PLANNER', scopes: ['WRITE'] });
    expect(await withKey(text).viewer()).toMatchObject({
      label: 'The night job',
      role: 'PLANNER',
      actor: { id: ngoId },
    });
    expect(await ngo.apiKeys.tryIssue({ label: 'More', role: 'COORDINATOR' })).toMatchObject({ code: 'FORBIDDEN' });
    const revoked = await ngo.apiKeys.revoke(key.id);
    expect(revoked.revokedAt).not.toBeNull();
    expect(await ngo.apiKeys.list().all()).toContainEqual(revoked);
    await expect(withKey(text).viewer()).rejects.toMatchObject({ status: 401 });
  });

  test('lets people in, and coordinators keep them out', async () => {
    const person = { issuer: 'https://id.example.org', subject: 'officer-7', label: 'The officer' };
    const membership = await ngo.memberships.grant({ ...person, role: 'VIEWER' });
    expect(membership).toMatchObject({ ...person, role: 'VIEWER', actor: { id: ngoId } });
    expect(await ngo.memberships.trySuspend(membership.id)).toMatchObject({ code: 'FORBIDDEN' });
    expect((await coordinator.memberships.suspend(membership.id)).suspendedAt).not.toBeNull();
    expect((await coordinator.memberships.reinstate(membership.id)).suspendedAt).toBeNull();
    const revoked = await ngo.memberships.revoke(membership.id);
    expect(revoked.revokedAt).not.toBeNull();
    expect(await coordinator.memberships.list().all()).toEqual([revoked]);
  });
});
