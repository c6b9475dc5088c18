import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import type { Client, TestHub } from './hub.ts';

/** What a mutation about keys and people answers: the record as selected, or a problem. */
export type Answered = Record<string, unknown> & { readonly __typename: string };

const PROBLEM = '... on Problem { code message } ... on InvalidInput { issues { path message } }';

/** Issues a key; a success holds `text` and `key`. */
export async function issueApiKey(client: Client, input: object): Promise<Answered> {
  const { result } = await client.query<{ result: Answered }>(
    `mutation ($input: IssueApiKeyInput!) { result: issueApiKey(input: $input) { __typename
      ... on IssuedApiKey { text key { id label role actor { id } scopes createdAt expiresAt revokedAt lastUsedOn } } ${PROBLEM} } }`,
    { input },
  );
  return result;
}

/** The id and the text of a key that must have been issued. */
export async function issued(client: Client, input: object): Promise<{ id: string; text: string }> {
  const { text, key } = await issueApiKey(client, input);
  if (typeof text !== 'string') throw new Error('no key was issued');
  return { id: (key as { id: string }).id, text };
}

export async function revokeApiKey(client: Client, id: string): Promise<Answered> {
  const { result } = await client.query<{ result: Answered }>(
    `mutation ($input: RevokeApiKeyInput!) { result: revokeApiKey(input: $input) { __typename
      ... on ApiKey { id revokedAt } ${PROBLEM} } }`,
    { input: { id } },
  );
  return result;
}

type AboutPeople = 'grantMembership' | 'revokeMembership' | 'suspendUser' | 'reinstateUser';

export async function people(client: Client, name: AboutPeople, input: object): Promise<Answered> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { result } = await client.query<{ result: Answered }>(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename
      ... on Membership { id label issuer subject role actor { id } revokedAt suspendedAt } ${PROBLEM} } }`,
    { input },
  );
  return result;
}

/** A coordinator with a key that a person issued: it counts as that person. */
export async function coordinatorInPerson(hub: TestHub, name: string): Promise<Client> {
  const person = { issuer: 'https://id.example.org', subject: name, label: name, role: 'COORDINATOR' };
  const { id } = await people(await hub.as('coordinator'), 'grantMembership', person);
  const { rows } = await withClient(hub.database.adminUrl, (client) =>
    client.query<{ user_id: string }>('select user_id from app.membership where id = $1', [id]),
  );
  const viewer = { ...HUB_VIEWER, userId: rows[0]?.user_id ?? null };
  const { unitOfWork, access } = hub.app.services;
  const key = await unitOfWork.run(viewer, async (work) => {
    const text = access.issue(work, { label: name, role: 'coordinator', actorId: null, environment: 'test' });
    await work.em.flush();
    return text;
  });
  return hub.present(key);
}

export async function suspendActor(client: Client, id: string): Promise<void> {
  const { node } = await client.query<{ node: { version: number } }>(
    'query ($id: ID!) { node(id: $id) { ... on Actor { version } } }',
    { id },
  );
  await client.query(
    `mutation ($input: SuspendActorInput!) { suspendActor(input: $input) { __typename ... on Problem { message } } }`,
    { input: { id, expectedVersion: node.version, reason: 'for a test' } },
  );
}
