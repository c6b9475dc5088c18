import {
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { buildSchema } from 'type-graphql';
import type { RequestContext } from './context.ts';
import { refuseNul } from './refuse-nul.ts';
import { keptRootValue } from './execution/root-values.ts';
import { withinTime } from './limits/within-time.ts';
import { enforceScopes } from './scope.ts';

/**
 * Builds the executable schema over resolver instances made by the composition root.
 * Only the fields of Query, Mutation and Subscription have resolvers: everything below is already in their answer.
 * @param present turns what a root field threw into what the caller may see, the same for every transport
 */
export async function buildHubSchema(
  resolvers: readonly object[],
  present: Present = (error) => error,
): Promise<GraphQLSchema> {
  const instances = new Map(resolvers.map((resolver) => [resolver.constructor, resolver]));
  const [first, ...others] = instances.keys();
  if (!first) throw new Error('a schema needs resolvers');
  const schema = await buildSchema({
    resolvers: [first, ...others],
    container: { get: (someClass) => instances.get(someClass) },
    // Inputs are parsed by zod in the services, where the rules are.
    validate: false,
    // Only what an operation can reach; bases of inputs are no types of their own.
    orphanedTypes: [],
    // Required by the library wherever there are subscriptions; ours follow notices instead (see follow.ts).
    pubSub: { publish: unused, subscribe: unused },
  });
  const mutations = schema.getMutationType();
  if (mutations) enforceScopes(mutations);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    if (isRoot(schema, type)) {
      refuseNul(type, type === mutations ? 'mutations' : 'reads');
      guard(type, present);
      continue;
    }
    const resolve = type.extensions['madeInCode'] === true ? byName : byKey;
    for (const field of Object.values(type.getFields())) field.resolve = resolve;
  }
  return schema;
}

/** The schema as text, sorted, as committed in `schema/schema.graphql`. */
export function schemaText(schema: GraphQLSchema): string {
  return `# Emitted by \`npm run schema\`; do not edit.\n${printSchema(lexicographicSortSchema(schema))}\n`;
}

function unused(): never {
  throw new Error('subscriptions follow notices');
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

const byKey: Resolver = (source, _args, _context, info) => property(source, String(info.path.key));
const byName: Resolver = (source, _args, _context, info) => property(source, info.fieldName);

function property(source: unknown, name: string): unknown {
  return typeof source === 'object' && source !== null ? Reflect.get(source, name) : undefined;
}

function isRoot(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);
}

/** What a caller may see of something thrown. */
type Present = (error: unknown, context: RequestContext) => unknown;

function guard(root: GraphQLObjectType, present: Present): void {
  for (const field of Object.values(root.getFields())) {
    // What a stream delivers comes when it comes.
    if (field.resolve) field.resolve = guarded(field.subscribe ? field.resolve : timed(field.resolve), present);
    if (field.subscribe) field.subscribe = guarded(timed(field.subscribe), present);
  }
}

function timed(resolve: Resolver): Resolver {
  return (source, args, context, info) => withinTime(context as RequestContext, resolve(source, args, context, info));
}

function guarded(resolve: Resolver, present: Present): Resolver {
  return async (source, args, context, info): Promise<unknown> => {
    const kept = keptRootValue(context as RequestContext, String(info.path.key));
    if (kept) return kept;
    try {
      return await resolve(source, args, context, info);
    } catch (error) {
      throw present(error, context as RequestContext);
    }
  };
}
