import { gatherCast, settleVetting } from './cast.ts';
import { readSchema } from './fields.ts';
import type { MatrixWorld } from './matrix.ts';
import { registerRecords } from './records.ts';
import type { SecurityWorld } from './world.ts';

/** Fills a world with the cast and its records, matched and composed. */
export async function furnish(world: SecurityWorld): Promise<MatrixWorld> {
  const { hub, database } = world;
  const cast = await gatherCast(hub);
  const records = await registerRecords(hub, cast);
  await settleVetting(hub, cast);
  await world.settle();
  return { url: hub.url, adminUrl: database.adminUrl, schema: readSchema(), cast, viewers: cast.viewers, records };
}

/** The same cast and records in a clone of the world they were registered in. */
export function moveTo(world: SecurityWorld, matrix: MatrixWorld): MatrixWorld {
  return { ...matrix, url: world.hub.url, adminUrl: world.database.adminUrl };
}
