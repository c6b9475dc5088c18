import { PlainError } from '../../platform/plain-error.ts';
import { HubClient } from './hub-client.ts';
import type { Stage } from './stage.ts';

/** Who plays: each with a key of its own, which a coordinator issued. */
export interface Cast {
  readonly coordinator: HubClient;
  readonly teachers: HubClient;
  readonly malaysia: HubClient;
  readonly university: HubClient;
  readonly creators: HubClient;
  readonly graduates: HubClient;
}

/** Has the coordinator issue a key for each actor of the demo that plays. */
export async function callCast({ url, keys }: Stage): Promise<Cast> {
  const coordinator = new HubClient(url, 'the coordinator', keys['coordinator'] ?? '');
  const callUp = async (name: string, actorName: string): Promise<HubClient> => {
    const { actors } = await coordinator.ask<{ actors: { nodes: { id: string; name: string }[] } }>(
      'query ($name: String!) { actors(first: 5, filter: { search: $name }) { nodes { id name } } }',
      { name: actorName },
    );
    const actor = actors.nodes.find((node) => node.name === actorName);
    if (actor === undefined) throw new PlainError(`The demo has no actor called ${actorName}.`);
    const input = { label: 'story', role: 'EDITOR', actor: actor.id };
    const { text } = await coordinator.change<{ text: string }>('issueApiKey', 'IssuedApiKey', input, 'text');
    return new HubClient(url, name, text);
  };
  return {
    coordinator,
    teachers: await callUp('the teachers of Palawan', 'Example Palawan Island Teachers'),
    malaysia: await callUp('Malaysia', 'Malaysia (Bali Process member)'),
    university: await callUp('the university in Indonesia', 'Example University Migration Lab'),
    creators: await callUp('the creators', 'Example Straight Talk Creators'),
    graduates: await callUp('the graduates of Hanoi', 'Example Hanoi Graduates Helpline'),
  };
}
