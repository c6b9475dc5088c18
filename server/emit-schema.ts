// type-graphql's decorators need it before the first of them runs.
import 'reflect-metadata';
import { MikroORM } from '@mikro-orm/postgresql';
import { buildHubSchema, schemaText } from '../schema/build.ts';
import { systemClock } from '../platform/clock.ts';
import { systemRandomness } from '../platform/ids.ts';
import { createResolvers } from './resolvers.ts';
import { createServices } from './services.ts';

/** The GraphQL contract as text, from the very resolvers that serve it. Connects to nothing. */
export async function emitSchema(): Promise<string> {
  const orm = new MikroORM({ dbName: 'unused', entities: [], discovery: { warnWhenNoEntities: false } });
  const none = new Uint8Array(32);
  const services = createServices({
    orm,
    clock: systemClock,
    randomness: systemRandomness,
    secrets: { pepper: none, cursor: none, derivedIds: none, contacts: none, signIns: none },
  });
  return schemaText(await buildHubSchema(createResolvers(services)));
}
