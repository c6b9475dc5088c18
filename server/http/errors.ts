import { GraphQLError, type GraphQLErrorExtensions, type GraphQLFormattedError } from 'graphql';
import { BadRequest } from '../../core/projection/selection.ts';
import { isDatabaseAway } from '../../platform/database/away.ts';
import type { Log } from '../../platform/log.ts';
import { messageOf } from '../../platform/plain-error.ts';
import type { RequestContext } from '../../schema/context.ts';

/** In how many seconds somebody whom the database kept from an answer should come back. */
export const BACK_IN_S = '1';
export const AWAY =
  'The hub cannot reach its database right now. Try again; a change may have been made all the same, so send it again with its clientMutationKey, or look first.';

/**
 * Turns whatever a root field threw into what the caller may see: its own mistake in our words,
 * a fault of ours as INTERNAL with the id under which it is logged, once, here.
 */
export function presentFault(log: Log): (error: unknown, context: RequestContext) => GraphQLError {
  return (error, { requestId }) => {
    if (error instanceof GraphQLError) return error;
    if (error instanceof BadRequest) return new GraphQLError(error.message, { extensions: { code: 'BAD_USER_INPUT' } });
    if (isDatabaseAway(error)) {
      log.warn({ requestId, reason: messageOf(error) }, 'no database for a request');
      // Apollo takes the status and headers of the answer from here, and wants a map where the types of graphql-yoga want an object.
      const http: unknown = { status: 503, headers: new Map([['retry-after', BACK_IN_S]]) };
      return new GraphQLError(AWAY, { extensions: { code: 'UNAVAILABLE', requestId, http } as GraphQLErrorExtensions });
    }
    log.error({ requestId, err: error }, 'a request failed');
    return new GraphQLError(`Something went wrong on our side. Please report request ${requestId}.`, {
      extensions: { code: 'INTERNAL', requestId },
    });
  };
}

/** Errors of GraphQL itself (syntax, validation, variables) pass with their code only: no stack, no cause. */
export function withoutInternals(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { code, requestId } = formatted.extensions ?? {};
  const extensions = { ...(code === undefined ? {} : { code }), ...(requestId === undefined ? {} : { requestId }) };
  return { ...formatted, extensions };
}

/** The body of an answer that GraphQL had no part in, in the shape that its clients read. */
export function errorBody(
  code: string,
  message: string,
): { errors: [{ message: string; extensions: { code: string } }] } {
  return { errors: [{ message, extensions: { code } }] };
}
