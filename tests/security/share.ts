import type { Client } from '../support/hub.ts';

/** Shares a programme by a key of its owner, for longer than any test runs. */
export async function shareProgramme(
  owner: Client,
  share: { readonly programme: string; readonly with: string; readonly purpose: string },
): Promise<void> {
  const { result } = await owner.query<{ result: { __typename: string } }>(
    'mutation ($input: ShareProgrammeInput!) { result: shareProgramme(input: $input) { __typename ... on Problem { message } } }',
    { input: { ...share, until: '2099-12-31' } },
  );
  if (result.__typename !== 'Share') throw new Error(`expected a share, found ${JSON.stringify(result)}`);
}
