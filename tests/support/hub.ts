import type { Meter } from '@opentelemetry/api';
import { openOrm, openReplica } from '../../platform/database/orm.ts';
import { entities } from '../../core/entities.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import type { Role } from '../../core/access/viewer.ts';
import type { OnSignIn } from '../../core/access/sign-in-watch.ts';
import type { HubSecrets } from '../../core/access/hub-secrets.ts';
import { systemClock, type Clock } from '../../platform/clock.ts';
import type { OidcConfig } from '../../platform/config.ts';
import { type Randomness, systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { openNotices } from '../../platform/notices.ts';
import { type RunningApp, startApp } from '../../server/app.ts';
import type { Execution } from '../../server/http/graphql.ts';
import type { Budget } from '../../server/limits/budgets.ts';
import type { DemoKeys } from '../../server/http/session.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** What a GraphQL server answers. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly data: T;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

/** One key's view of the hub over real HTTP. */
export interface Client {
  /** A key, or a token of an issuer. */
  readonly key: string;
  /** With what it comes: the key, and for whom it acts. */
  readonly headers: Readonly<Record<string, string>>;
  readonly actorId: string | null;
  /** Sends an operation; fails the test when GraphQL reports errors. */
  query<T = Record<string, unknown>>(document: string, variables?: Record<string, unknown>): Promise<T>;
  /** Sends an operation and gives back whatever came, errors included. */
  send<T = Record<string, unknown>>(document: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
}

export interface TestHub {
  readonly url: string;
  readonly app: RunningApp;
  readonly database: TestDatabase;
  readonly secrets: HubSecrets;
  /** Every line logged so far. */
  readonly logged: string[];
  /** A client with a new key of a role, acting for an actor or for none. */
  as(role: Role, actorId?: string | null): Promise<Client>;
  /** A client with whatever it presents, and for whom it says to act. */
  present(key: string, actor?: string): Client;
  /** Registers and verifies an actor; returns its id. */
  actor(fields?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

interface TestHubOptions {
  readonly clock?: Clock;
  /** Seeded, two hubs give the same ids to the same writes. */
  readonly randomness?: Randomness;
  /** The caller's own, which closing the hub leaves as it is; else a clone of the template that goes with the hub. */
  readonly database?: TestDatabase;
  readonly oidc?: OidcConfig;
  readonly onSignIn?: OnSignIn;
  readonly demoKeys?: DemoKeys;
  readonly webhooksToLoopback?: boolean;
  readonly execution?: Execution;
  readonly meter?: Meter;
  /** The app login of a replica that answers reads. */
  readonly replicaUrl?: string;
  /** Left out: more than any test spends. */
  /** What is left out has no end. */
  readonly budget?: Partial<Budget>;
}

const ENDLESS: Budget = { perMinute: 1_000_000_000, perHour: 1_000_000_000, refusedPerMinute: 1_000_000_000 };

/** Tests of the API are the same for both: `CONCORD_EXECUTION=plain` runs them the other way. */
const EXECUTION: Execution = process.env['CONCORD_EXECUTION'] === 'plain' ? 'plain' : 'planned';

/** A hub of its own: a cloned database and the real server on a free port. */
export async function testHub(options: TestHubOptions = {}): Promise<TestHub> {
  const database = options.database ?? (await testDatabase());
  const logged: string[] = [];
  const log = createLog('debug', { write: (line: string) => logged.push(line) });
  const clock = options.clock ?? systemClock;
  const orm = await openOrm({ url: database.appUrl, entities, applicationName: 'test-server', forRequests: true });
  const replica = await openReplica(options.replicaUrl ?? null, database.appUrl, entities);
  const notices = await openNotices({ url: database.appUrl, log });
  const secret = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
  const secrets = {
    pepper: secret(1),
    cursor: secret(2),
    derivedIds: secret(3),
    contacts: secret(4),
    signIns: secret(5),
  };
  const app = await startApp({
    orm,
    replica,
    notices,
    clock,
    randomness: options.randomness ?? systemRandomness,
    log,
    secrets,
    ...(options.oidc && { oidc: options.oidc }),
    ...(options.onSignIn && { onSignIn: options.onSignIn }),
    ...(options.meter && { meter: options.meter }),
    ...(options.demoKeys && { demoKeys: options.demoKeys }),
    execution: options.execution ?? EXECUTION,
    webhooksToLoopback: options.webhooksToLoopback ?? false,
    budget: { ...ENDLESS, ...options.budget },
    host: '127.0.0.1',
    port: 0,
  });
  const { services } = app;

  const as = async (role: Role, actorId: string | null = null): Promise<Client> => {
    const key = await services.unitOfWork.run(HUB_VIEWER, async (work) => {
      const text = services.access.issue(work, { label: `test ${role}`, role, actorId, environment: 'test' });
      await work.em.flush();
      return text;
    });
    return clientOf(app.url, { authorization: `Bearer ${key}` }, actorId);
  };
  let actors = 0;
  return {
    url: app.url,
    app,
    database,
    secrets,
    logged,
    as,
    present: (key, actor) =>
      clientOf(app.url, { authorization: `Bearer ${key}`, ...(actor && { 'concord-actor': actor }) }, actor ?? null),
    actor: async (fields = {}) => {
      actors += 1;
      const registered = await services.actors.register(HUB_VIEWER, {
        name: `Example actor ${String(actors)}`,
        kind: 'national_ngo',
        ...fields,
      });
      if (registered.kind !== 'saved') throw new Error(JSON.stringify(registered));
      const verified = await services.actors.verify(HUB_VIEWER, {
        id: registered.id,
        expectedVersion: 1,
        evidence: 'made for a test',
      });
      if (verified.kind !== 'saved') throw new Error(JSON.stringify(verified));
      return registered.id;
    },
    close: async () => {
      await app.close();
      await notices.close();
      await replica?.close();
      await orm.close();
      if (!options.database) await database.drop();
    },
  };
}

/** A client of the hub at this address, with a key that was issued before. */
export function clientWithKey(url: string, key: string, actorId: string | null): Client {
  return clientOf(url, { authorization: `Bearer ${key}` }, actorId);
}

/** A page of the hub at this address, in a browser that holds the cookie of a session. */
export function clientWithCookie(url: string, cookie: string): Client {
  return clientOf(url, { cookie, origin: url, 'concord-session': 'cookie' }, null);
}

function clientOf(url: string, headers: Client['headers'], actorId: string | null): Client {
  const send = async <T>(document: string, variables: Record<string, unknown> = {}): Promise<Answer<T>> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: document, variables }),
    });
    const body = (await response.json()) as Omit<Answer<T>, 'status'>;
    return { ...body, status: response.status };
  };
  return {
    key: (headers['authorization'] ?? '').replace('Bearer ', ''),
    headers,
    actorId,
    send,
    query: async <T>(document: string, variables?: Record<string, unknown>): Promise<T> => {
      const answer = await send<T>(document, variables);
      if (answer.errors) throw new Error(JSON.stringify(answer.errors, null, 2));
      return answer.data;
    },
  };
}
