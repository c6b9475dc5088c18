import type { GraphQLFieldResolver, GraphQLObjectType } from 'graphql';
import { invalid } from '../core/outcome.ts';
import { problemOf } from './answer.ts';
import { checkNul, NUL_MESSAGE, pathOfNul } from './nul.ts';
import { selectionOf } from './selection.ts';

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/**
 * The one place where texts with U+0000 are stopped, whatever the transport; arguments further down are looked at by `selectionOf`.
 * Mutations say it as InvalidInput, and look first also at what their answer is asked with: afterwards it would be too late.
 */
export function refuseNul(root: GraphQLObjectType, kind: 'mutations' | 'reads'): void {
  const checked = kind === 'mutations' ? asProblem : asError;
  for (const field of Object.values(root.getFields())) {
    if (field.resolve) field.resolve = checked(field.resolve);
    if (field.subscribe) field.subscribe = checked(field.subscribe);
  }
}

const asProblem =
  (resolve: Resolver): Resolver =>
  (source, args, context, info): unknown => {
    const path = pathOfNul(args);
    if (path !== null) return problemOf(invalid([{ path, message: NUL_MESSAGE }]));
    selectionOf(info);
    return resolve(source, args, context, info);
  };

const asError =
  (resolve: Resolver): Resolver =>
  (source, args, context, info): unknown => {
    checkNul(args);
    return resolve(source, args, context, info);
  };
