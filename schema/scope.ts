import { type GraphQLObjectType, getNamedType, isUnionType } from 'graphql';
import { Extensions } from 'type-graphql';
import { type Scope, SCOPES, missingScope } from '../core/access/scopes.ts';
import { forbidden } from '../core/outcome.ts';
import { problemOf } from './answer.ts';
import type { RequestContext } from './context.ts';

/** Marks a mutation for which WRITE is not enough. */
export function needs(scope: Scope): MethodDecorator {
  return Extensions({ scope });
}

/**
 * The one place where scopes decide, whatever the transport: a key without the scope of a mutation gets Forbidden before the
 * mutation begins. Reading needs none.
 * @throws when a mutation answers no union of problems, and so could not say it
 */
export function enforceScopes(mutations: GraphQLObjectType): void {
  for (const field of Object.values(mutations.getFields())) {
    const { resolve } = field;
    if (!resolve || !isUnionType(getNamedType(field.type))) throw new Error(`${field.name} cannot answer Forbidden`);
    const needed = SCOPES.find((scope) => scope === field.extensions['scope']) ?? 'write';
    field.resolve = (source, args, context: RequestContext, info): unknown => {
      const missing = missingScope(context.viewer.scopes, needed);
      return missing === null ? resolve(source, args, context, info) : problemOf(forbidden(missing));
    };
  }
}
