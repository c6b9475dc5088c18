import type { GraphQLResolveInfo } from 'graphql';
import { createUnionType, type ClassType } from 'type-graphql';
import { type Outcome, type Refused, assertNever } from '../core/outcome.ts';
import type { Reads } from '../core/projection/reads.ts';
import type { RequestContext } from './context.ts';
import { ProblemCode, problemTypes } from './problem.ts';
import { selectionOf } from './selection.ts';

/** `union RegisterActorResult = Actor | InvalidInput | NotFound | …`: the record, or a problem the caller can act on. */
export function resultOf<T extends object>(name: string, success: ClassType<T>): object {
  return createUnionType({
    name,
    description: `The ${success.name} after the change, or a problem; with a problem nothing was changed.`,
    types: () => [success, ...problemTypes] as const,
    resolveType: (value: object) => String(Reflect.get(value, '__typename')),
  });
}

/** Answers a mutation: what was saved is read back under the viewer's own rights, after the commit. */
export async function answer(
  reads: Reads,
  context: RequestContext,
  info: GraphQLResolveInfo,
  type: string,
  outcome: Outcome,
): Promise<unknown> {
  if (outcome.kind !== 'saved') return problemOf(outcome);
  return (
    (await reads.one(context.viewer, type, selectionOf(info), outcome.id)) ??
    problemOf({ kind: 'not-found', id: outcome.id })
  );
}

/** A refused write as the GraphQL problem that says so. */
export function problemOf(refused: Refused): Record<string, unknown> {
  switch (refused.kind) {
    case 'invalid': {
      const [first] = refused.issues;
      const message = first ? `${first.path}: ${first.message}` : 'The input is not valid.';
      return { __typename: 'InvalidInput', code: ProblemCode.INVALID_INPUT, message, issues: refused.issues };
    }
    case 'not-found':
      return {
        __typename: 'NotFound',
        code: ProblemCode.NOT_FOUND,
        message: `There is no record ${refused.id}.`,
        id: refused.id,
      };
    case 'forbidden':
      return { __typename: 'Forbidden', code: ProblemCode.FORBIDDEN, message: refused.reason };
    case 'stale': {
      const message = `The record changed: version ${String(refused.stored)} is stored, ${String(refused.expected)} was expected. Read it again.`;
      return {
        __typename: 'StaleVersion',
        code: ProblemCode.STALE_VERSION,
        message,
        expected: refused.expected,
        stored: refused.stored,
      };
    }
    case 'conflict':
      return { __typename: 'Conflict', code: ProblemCode.CONFLICT, message: refused.reason };
    case 'limit-exceeded': {
      const message = `At most ${String(refused.allowed)} ${refused.limit} are allowed, not ${String(refused.found)}.`;
      return {
        __typename: 'LimitExceeded',
        code: ProblemCode.LIMIT_EXCEEDED,
        message,
        limit: refused.limit,
        allowed: refused.allowed,
        found: refused.found,
      };
    }
    default:
      return assertNever(refused);
  }
}
