import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';

let hub: TestHub;
let editor: Client;
let coordinator: Client;
beforeAll(async () => {
  hub = await testHub();
  editor = await hub.as('editor', await hub.actor());
  coordinator = await hub.as('coordinator');
});
afterAll(() => hub.close());

const NUL = 'a\0b';
const MESSAGE = 'No text may hold the character U+0000.';

describe('a text with U+0000', () => {
  test.each([
    ['registerProgramme', 'RegisterProgrammeInput', { name: NUL }, 'input.name'],
    [
      'registerProgramme',
      'RegisterProgrammeInput',
      { name: 'Example', names: [{ language: 'bn', text: NUL }] },
      'input.names[0].text',
    ],
    [
      'registerProgramme',
      'RegisterProgrammeInput',
      { name: 'Example', footprint: { places: ['BD', NUL] } },
      'input.footprint.places[1]',
    ],
    ['planCampaign', 'PlanCampaignInput', { name: 'Example', programme: NUL }, 'input.programme'],
    ['addCalendarEntry', 'AddCalendarEntryInput', { name: 'Example', campaign: NUL }, 'input.campaign'],
    ['endorseSuggestion', 'AnswerSuggestionInput', { id: NUL, expectedVersion: 1 }, 'input.id'],
    ['revokeApiKey', 'RevokeApiKeyInput', { id: NUL }, 'input.id'],
    ['suspendActor', 'SuspendActorInput', { id: 'act_none', expectedVersion: 1, reason: NUL }, 'input.reason'],
  ])('in an input of %s is InvalidInput and names its path', async (mutation, type, input, path) => {
    const { result } = await coordinator.query(
      `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { __typename ... on InvalidInput { issues { path message } } } }`,
      { input },
    );
    expect(result).toEqual({ __typename: 'InvalidInput', issues: [{ path, message: MESSAGE }] });
  });

  test.each([
    ['a search', 'query ($nul: String!) { programmes(filter: { search: $nul }) { totalCount } }', 'filter.search'],
    ['an id', 'query ($nul: ID!) { node(id: $nul) { id } }', 'id'],
    ['a code', 'query ($nul: String!) { campaigns(filter: { places: [$nul] }) { totalCount } }', 'filter.places[0]'],
    ['a filter by id', 'query ($nul: ID!) { overlaps(filter: { of: $nul }) { totalCount } }', 'filter.of'],
    ['a cursor', 'query ($nul: String!) { actors(after: $nul) { totalCount } }', 'after'],
    ['an argument below', 'query ($nul: String!) { programmes { nodes { name(language: $nul) } } }', 'language'],
  ])("in %s of a query is the caller's mistake and names its path", async (_what, document, path) => {
    const { errors } = await editor.send(document, { nul: NUL });
    expect(errors).toMatchObject([{ message: `${path}: ${MESSAGE}`, extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('in what the answer of a mutation is asked with is noticed before anything is written', async () => {
    const { errors } = await editor.send(
      `mutation ($nul: String!) { registerProgramme(input: { name: "Example unwritten" }) { ... on Programme { name(language: $nul) } } }`,
      { nul: NUL },
    );
    expect(errors).toMatchObject([{ message: `language: ${MESSAGE}`, extensions: { code: 'BAD_USER_INPUT' } }]);
    const { programmes } = await editor.query(`{ programmes(filter: { search: "unwritten" }) { totalCount } }`);
    expect(programmes).toEqual({ totalCount: 0 });
  });

  test('written as an escape in the document is no different', async () => {
    const { errors } = await editor.send('{ programmes(filter: { search: "a\\u0000b" }) { totalCount } }');
    expect(errors).toMatchObject([{ message: `filter.search: ${MESSAGE}` }]);
  });
});
