import { readdir, readFile } from 'node:fs/promises';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  isInputObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { Concord } from '@concord/client-sdk';

const OPERATIONS = 'client-sdk/operations';
const SOURCES = 'client-sdk/src';

/**
 * What of the contract has no method, with the reason why it is left to `hub.query`: a field such as `Query.taxonomy`, or an argument
 * such as `Query.taxonomy(kind)`.
 */
const LEFT_TO_QUERY: Readonly<Record<string, string>> = {
  'Query.failedJobs': 'for whoever operates the hub, not for programs that use it',
  'Query.hubHealth': 'for whoever operates the hub, not for programs that use it',
  'Mutation.retryJob': 'for whoever operates the hub, not for programs that use it',
  'Mutation.discardJob': 'for whoever operates the hub, not for programs that use it',
};

/** Changes without a `clientMutationKey` that are sent again when the answer is lost, with the reason why that is harmless. */
const HARMLESS_TO_REPEAT: Readonly<Record<string, string>> = {
  endorseSuggestion: 'the same answer to the same version is one answer',
  declineSuggestion: 'the same answer to the same version is one answer',
  markRead: 'what is read stays read',
  eraseContact: 'a second time tells when it was',
  revokeApiKey: 'twice is once',
  revokeMembership: 'twice is once',
  revokeWebhook: 'twice is once',
  revokeCalendarFeed: 'twice is once',
  pauseCalendarSubscription: 'what is paused stays paused',
  resumeCalendarSubscription: 'a second time looks at the calendar sooner, and no event becomes two entries',
  removeCalendarSubscription: 'what is gone stays gone',
  suspendUser: 'who is out stays out',
  reinstateUser: 'who is in stays in',
};

const contract = buildSchema(await readFile('schema/schema.graphql', 'utf8'));
const operations = await readOperations();

async function readOperations(): Promise<OperationDefinitionNode[]> {
  const texts = await Promise.all((await readdir(OPERATIONS)).map((name) => readFile(`${OPERATIONS}/${name}`, 'utf8')));
  return texts
    .flatMap((text) => parse(text).definitions)
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

/** What operations ask a root field for: the names of the arguments that callers can give. */
function askedOf(root: string, field: string): Set<string>[] {
  return operations
    .filter(({ operation }) => root.toLowerCase() === operation)
    .flatMap(({ selectionSet }) => selectionSet.selections)
    .filter((selection) => selection.kind === Kind.FIELD && selection.name.value === field)
    .map((selection) => {
      const given = selection.kind === Kind.FIELD ? (selection.arguments ?? []) : [];
      return new Set(given.filter(({ value }) => value.kind === Kind.VARIABLE).map(({ name }) => name.value));
    });
}

function rootFields(): { root: string; field: GraphQLField<unknown, unknown> }[] {
  return [contract.getQueryType(), contract.getMutationType(), contract.getSubscriptionType()].flatMap((type) =>
    type ? Object.values(type.getFields()).map((field) => ({ root: type.name, field })) : [],
  );
}

describe('every field of the contract', () => {
  test('has an operation that gives every argument, or a reason why not', () => {
    const missing = rootFields().flatMap(({ root, field }) => {
      const asked = askedOf(root, field.name);
      if (asked.length === 0) return [`${root}.${field.name}`];
      return field.args
        .filter(({ name }) => !asked.some((given) => given.has(name)))
        .map(({ name }) => `${root}.${field.name}(${name})`);
    });
    expect(missing.sort()).toEqual(Object.keys(LEFT_TO_QUERY).sort());
  });

  test('has an operation that some method sends', async () => {
    const names = (await readdir(SOURCES)).filter((name) => name.endsWith('.ts') && name !== 'generated.ts');
    const code = (await Promise.all(names.map((name) => readFile(`${SOURCES}/${name}`, 'utf8')))).join('\n');
    const unused = operations.map(({ name }) => name?.value ?? '').filter((name) => !isSentIn(code, name));
    expect(unused).toEqual([]);
  });
});

/** As `documents.X`, or as an argument of a call. */
function isSentIn(code: string, name: string): boolean {
  return code.includes(`documents.${name},`) || code.includes(`(calls, ${name}`) || code.includes(`(${name}, `);
}

/** The namespaces of a client, those inside others too, by the names that lead there. */
function namespacesOf(holder: object, path: readonly string[] = []): (readonly string[])[] {
  return Object.entries(holder)
    .filter(([name, value]) => typeof value === 'object' && value !== null && !['calls', 'outbox'].includes(name))
    .flatMap(([name, value]) => [[...path, name], ...namespacesOf(value as object, [...path, name])]);
}

function namespaceAt(hub: Concord, path: readonly string[]): Record<string, unknown> {
  return path.reduce<unknown>((holder, name) => Reflect.get(holder as object, name), hub) as Record<string, unknown>;
}

interface Sent {
  readonly mutation: string;
  /** The key of each time it was sent. */
  readonly keys: unknown[];
}

/** What a method sends over a line that swallows every answer. */
async function sentBy(path: readonly string[], name: string): Promise<Sent[]> {
  const sent: Sent[] = [];
  const hub = new Concord({
    url: 'http://hub.invalid',
    apiKey: 'k',
    retries: 1,
    fetch: (_input, init) => {
      const { query, variables } = JSON.parse(String(init?.body)) as { query: string; variables: { input?: object } };
      const mutation = /^mutation[^{]*{result:(\w+)/.exec(query)?.[1];
      const key = variables.input && Reflect.get(variables.input, 'clientMutationKey');
      const before = sent.find((one) => one.mutation === mutation);
      if (before) before.keys.push(key);
      else if (mutation !== undefined) sent.push({ mutation, keys: [key] });
      return Promise.reject(new TypeError('the line broke'));
    },
  });
  const namespace = namespaceAt(hub, path);
  // Whatever it takes, a record or an input: nothing looks at it before it is sent.
  const given = { id: 'x', version: 1, owner: 'act_x', ranking: { version: 1 } };
  const method = namespace[name] as (...all: unknown[]) => Promise<unknown>;
  await expect(method.call(namespace, given, given, {})).rejects.toThrow('cannot be reached');
  return sent;
}

describe('every change', () => {
  const blank = new Concord({ url: 'http://hub.invalid', apiKey: 'k' });
  const tries = namespacesOf(blank).flatMap((path) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(namespaceAt(blank, path)))
      .filter((name) => /^try[A-Z]/.test(name))
      .map((name) => ({ path, name })),
  );

  test('has a method that throws beside the one that answers the problem', () => {
    const alone = tries.filter(({ path, name }) => {
      const throwing = name.replace(/^try(.)/, (_, letter: string) => letter.toLowerCase());
      return typeof namespaceAt(blank, path)[throwing] !== 'function';
    });
    expect(alone).toEqual([]);
  });

  test('is sent again when the answer is lost only where that is harmless, and then with the same key', async () => {
    const sent = (await Promise.all(tries.map(({ path, name }) => sentBy(path, name)))).flat();
    const mutations = Object.values(contract.getMutationType()?.getFields() ?? {}).filter(
      ({ name }) => !(`Mutation.${name}` in LEFT_TO_QUERY),
    );
    expect([...new Set(sent.map(({ mutation }) => mutation))].sort()).toEqual(mutations.map(({ name }) => name).sort());
    for (const { mutation, keys } of sent) {
      const input = contract.getMutationType()?.getFields()[mutation]?.args[0]?.type;
      const type = input && getNamedType(input);
      const isKeyed = isInputObjectType(type) && 'clientMutationKey' in type.getFields();
      const isRepeated = isKeyed || mutation in HARMLESS_TO_REPEAT;
      expect({ mutation, times: keys.length }).toEqual({ mutation, times: isRepeated ? 2 : 1 });
      expect({ mutation, keys: new Set(keys.map((key) => typeof key)) }).toEqual({
        mutation,
        keys: new Set([isKeyed ? 'string' : 'undefined']),
      });
      expect(new Set(keys).size).toBe(1);
    }
  });
});
