import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parse } from 'yaml';
import { answering } from '../../faults/hub/hub.ts';
import { type Cluster, startCluster } from '../../faults/hub/cluster.ts';
import { type Supervised, supervise } from '../../faults/hub/supervised.ts';
import { type Proxy, startProxy } from '../../faults/hub/proxy.ts';
import { startRedis, type TestRedis } from '../workers/redis.ts';
import { openNetwork } from './network.ts';

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()).default({}),
      ports: z.array(z.string()).default([]),
    }),
  ),
});
type Service = z.infer<typeof composeFile>['services'][string];

/** What `docker-compose.yml` starts, run as processes of this machine. */
export interface Composed {
  readonly cluster: Cluster;
  readonly redis: TestRedis;
  /** What keeps its processes apart. */
  readonly network: 'namespaces' | 'loopback';
  /** The commands of its services that are processes of ours, by name, as the file says them. */
  readonly commands: Readonly<Record<string, string>>;
  /** By the name of the service. */
  readonly processes: Readonly<Record<string, Supervised>>;
  /** Where servers are reached, by name. */
  readonly urls: Readonly<Record<string, string>>;
  /** Where operators look at a process, by name. */
  readonly operations: Readonly<Record<string, string>>;
  /** The volume all share. */
  readonly folder: string;
  close(): Promise<void>;
}

/**
 * Starts every service of the file by its own command and environment. Each process of ours has an address of its own, and where
 * that is allowed a network of its own, as a container has, so that all keep their ports; the names `postgres` and `redis`, and the variables that the image sets,
 * are filled in by what stands for them here.
 */
export async function startComposed(): Promise<Composed> {
  const text = await readFile(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
  const { services } = composeFile.parse(parse(text, { merge: true }));
  const image = await imageVariables();
  const cluster = await startCluster();
  const redisFlags = services['redis']?.command?.slice(1) ?? [];
  const redis = await startRedis(redisFlags);
  const network = openNetwork();
  // PostgreSQL and Redis listen to this machine alone.
  const lines: Lines = {
    gateway: network.gateway,
    database: await startProxy(cluster.port, network.gateway),
    redis: await startProxy(Number(new URL(redis.url).port), network.gateway),
  };
  const folder = join(cluster.folder, 'volume');
  await mkdir(folder);
  const processes: Record<string, Supervised> = {};
  const urls: Record<string, string> = {};
  const operations: Record<string, string> = {};
  const ours = Object.entries(services).filter(([, { command }]) => command?.[0] === 'node');
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(processes).map((one) => one.close()));
    await Promise.all([lines.database.close(), lines.redis.close()]);
    network.close();
    await redis.stop();
    await cluster.close();
  };
  try {
    for (const [name, service] of ours) {
      const { address, within } = network.join();
      const environment = filledIn(service, address, new URL(cluster.adminUrl).password, lines);
      processes[name] = supervise({
        name,
        module: service.command?.[1] ?? '',
        within,
        logFile: join(cluster.folder, `${name}.log`),
        env: { ...image, ...environment, CONCORD_DATA: folder, HOST: address },
      });
      operations[name] = `http://${address}:${environment['METRICS_PORT'] ?? ''}`;
      const inside = service.ports[0]?.split(':')[1];
      if (inside !== undefined) urls[name] = `http://${address}:${inside}`;
    }
    for (const url of [...Object.values(urls), ...Object.values(operations)]) await answering(url);
  } catch (error) {
    await close();
    throw error;
  }
  const commands = Object.fromEntries(ours.map(([name, { command = [] }]) => [name, command.join(' ')]));
  return { cluster, redis, network: network.kind, commands, processes, urls, operations, folder, close };
}

/** On which PostgreSQL and Redis are reached. */
interface Lines {
  readonly gateway: string;
  readonly database: Proxy;
  readonly redis: Proxy;
}

/** The environment of a service where it is `${NAME:-default}`, `${NAME:?…}`, or the name of another service. */
function filledIn(
  { environment }: Service,
  address: string,
  password: string,
  { gateway, database, redis }: Lines,
): Record<string, string> {
  const filled = Object.entries(environment).map(([name, value]): [string, string] => [
    name,
    value
      .replaceAll(/\$\{POSTGRES_PASSWORD:\?[^}]*\}/g, password)
      .replaceAll(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1')
      .replace('@postgres:5432', `@${gateway}:${String(database.port)}`)
      .replace('//redis:6379', `//${gateway}:${String(redis.port)}`)
      .replace(/^0\.0\.0\.0$/, address),
  ]);
  for (const [name, value] of filled) if (value.includes('${')) throw new Error(`nothing fills in ${name}`);
  return Object.fromEntries(filled);
}

/** What the image that all run says, but for its folder and address. */
async function imageVariables(): Promise<Record<string, string>> {
  const text = await readFile(new URL('../../Dockerfile', import.meta.url), 'utf8');
  const [, line = ''] = /^ENV (NODE_ENV=.*)$/m.exec(text) ?? [];
  return Object.fromEntries(line.split(' ').map((one) => one.split('=', 2) as [string, string]));
}
