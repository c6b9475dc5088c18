import type { Client } from '../support/hub.ts';

/** One mutation of which nothing is wanted but that it is done. @throws with the problem otherwise. */
export async function perform(client: Client, mutation: string, type: string, input: object): Promise<void> {
  const { result } = await client.query<{ result: { readonly __typename: string; readonly message?: string } }>(
    `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { __typename ... on Problem { message } } }`,
    { input },
  );
  if (result.message !== undefined) throw new Error(`${mutation}: ${result.message}`);
}

/** Shares a programme by a key of its owner, for longer than any test runs. */
export function shareProgramme(
  owner: Client,
  share: { readonly programme: string; readonly with: string; readonly purpose: string },
): Promise<void> {
  return perform(owner, 'shareProgramme', 'ShareProgrammeInput', { ...share, until: '2099-12-31' });
}
