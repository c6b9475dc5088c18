import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';

/** Where what releases are made of is kept. */
export interface Places {
  /** The contract of the hub as it is now. */
  readonly present: string;
  /** The contract that the last release of the client was made for. */
  readonly released: string;
  /** The folder of what waits for a release. */
  readonly changesets: string;
  readonly manifest: string;
  readonly lock: string;
  readonly changelog: string;
}

/** In the project at `root`: the one named on the command line, or this one. */
export function placesIn(root = process.argv[2] ?? join(import.meta.dirname, '..', '..', '..')): Places {
  const sdk = join(root, 'client-sdk');
  return {
    present: join(root, 'schema', 'schema.graphql'),
    released: join(sdk, 'contract', 'released.graphql'),
    changesets: join(sdk, '.changeset'),
    manifest: join(sdk, 'package.json'),
    lock: join(root, 'package-lock.json'),
    changelog: join(sdk, 'CHANGELOG.md'),
  };
}

export async function readContract(file: string): Promise<GraphQLSchema> {
  return buildSchema(await readFile(file, 'utf8'));
}
