import { GraphQLError } from 'graphql';
import { inTime } from '../../platform/in-time.ts';
import type { RequestContext } from '../context.ts';
import { LONGEST_OPERATION_MS } from './limits.ts';

/**
 * What a root field gives, unless its operation has been under way for too long: then the operation is answered without it. What was
 * begun is not undone, but each of its statements ends soon too (see platform/database/orm.ts).
 * @param cameAt when the operation came, by `performance.now()`
 * @throws {GraphQLError} when it takes too long
 */
export async function withinTime<T>(
  { cameAt }: Pick<RequestContext, 'cameAt'>,
  work: T | Promise<T>,
  longestMs = LONGEST_OPERATION_MS,
): Promise<T> {
  if (!(work instanceof Promise)) return work;
  return inTime(work, cameAt + longestMs - performance.now(), () => tooLate(longestMs));
}

function tooLate(allowedMs: number): GraphQLError {
  const seconds = String(allowedMs / 1_000);
  return new GraphQLError(
    `This operation took more than ${seconds} seconds; no operation may take longer. Ask for less at once. A change may have been made all the same: send it again with the same clientMutationKey, or look.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit: 'seconds an operation', allowed: allowedMs / 1_000 } },
  );
}
