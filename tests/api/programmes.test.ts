import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let coordinator: Client;
let editor: Client;
let actorId: string;

beforeAll(async () => {
  hub = await testHub();
  coordinator = await hub.as('coordinator');
  actorId = await hub.actor({ name: 'Example Delta Voices' });
  editor = await hub.as('editor', actorId);
});
afterAll(() => hub.close());

describe('registering', () => {
  test('a name is enough, and the programme is the actor’s that the key acts for', async () => {
    const programme = await mutate(
      editor,
      'registerProgramme',
      { name: 'Example Programme' },
      'name status owner { id } footprint { days { start } places { code } inherited }',
    );
    expect(programme).toMatchObject({
      __typename: 'Programme',
      version: 1,
      name: 'Example Programme',
      status: 'UNDATED',
      owner: { id: actorId },
      footprint: { days: null, places: [], inherited: [] },
    });
  });
});
