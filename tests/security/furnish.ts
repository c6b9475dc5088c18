import { type Cast, clientOn, gatherCast, settleVetting } from './cast.ts';
import { readSchema } from './fields.ts';
import type { MatrixWorld } from './matrix.ts';
import { enterObservances } from './observances.ts';
import { perform } from './perform.ts';
import { tellPractices } from './practices.ts';
import { registerRecords } from './records.ts';
import type { SecurityWorld } from './world.ts';

/** Fills a world with the cast and its records, matched and composed. */
export async function furnish(world: SecurityWorld): Promise<MatrixWorld> {
  const { hub, database } = world;
  const cast = await gatherCast(hub);
  const records = await registerRecords(hub, cast);
  await tellPractices(hub, cast);
  await letPeopleIn(hub.url, cast);
  await enterObservances(hub.url, cast);
  await settleVetting(hub, cast);
  await world.settle();
  return { url: hub.url, adminUrl: database.adminUrl, schema: readSchema(), cast, viewers: cast.viewers, records };
}

/** The same cast and records in a clone of the world they were registered in. */
export function moveTo(world: SecurityWorld, matrix: MatrixWorld): MatrixWorld {
  return { ...matrix, url: world.hub.url, adminUrl: world.database.adminUrl };
}

/** One person for every actor, called as the actor is; let in by its editor, or by a coordinator where it has none yet. */
async function letPeopleIn(url: string, cast: Cast): Promise<void> {
  const coordinator = cast.viewer('coordinator');
  for (const { id, name } of cast.actors) {
    const editor = cast.viewers.find((viewer) => viewer.role === 'editor' && viewer.actor?.id === id);
    const person = { actor: id, issuer: 'https://id.example.org', subject: name, label: name, role: 'EDITOR' };
    await perform(clientOn(url, editor ?? coordinator), 'grantMembership', 'GrantMembershipInput', person);
  }
}
