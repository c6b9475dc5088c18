import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { BadRequest } from '../../core/projection/selection.ts';
import type { Log } from '../../platform/log.ts';
import type { RequestContext } from '../../schema/context.ts';

/**
 * Turns whatever a root field threw into what the caller may see: its own mistake in our words,
 * a fault of ours as INTERNAL with the id under which it is logged, once, here.
 */
export function presentFault(log: Log): (error: unknown, context: RequestContext) => GraphQLError {
  return (error, { requestId }) => {
    if (error instanceof GraphQLError) return error;
    if (error instanceof BadRequest) return new GraphQLError(error.message, { extensions: { code: 'BAD_USER_INPUT' } });
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
