import { type GraphQLErrorExtensions, type GraphQLFormattedError, GraphQLError } from 'graphql';
import { BadRequest } from '../../core/projection/selection.ts';
import { isDatabaseAway } from '../../platform/database/away.ts';
import type { Log } from '../../platform/log.ts';
import { messageOf } from '../../platform/plain-error.ts';
import type { RequestContext } from '../../schema/context.ts';
import { tooManyTokens } from '../../schema/limits/tokens.ts';

/** All that `extensions.code` of an error can say. Problems of mutations, which are data, have codes of their own (`ProblemCode`). */
export const ERROR_CODES = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CONFLICT',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL',
  'INVALID_INPUT',
  'LIMIT_EXCEEDED',
  'METHOD_NOT_ALLOWED',
  'NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'RATE_LIMITED',
  'UNAUTHENTICATED',
  'UNAVAILABLE',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** To whoever comes when all places are taken. */
export const BUSY = 'The hub works on as many operations as it can at once: try again in a second.';

/** What PostgreSQL says of a statement that took too long, and of one that waited too long for another. */
const STATEMENT_TIMEOUT = '57014';
const LOCK_TIMEOUT = '55P03';

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
    const sqlState = sqlStateOf(error);
    if (sqlState === STATEMENT_TIMEOUT) {
      log.warn({ requestId, err: error }, 'a statement took too long');
      return new GraphQLError(
        'Reading this took more than 5 seconds; nothing may take longer. Filter more, or ask for fewer at once.',
        { extensions: { code: 'LIMIT_EXCEEDED', limit: 'seconds a statement', allowed: 5 } },
      );
    }
    if (sqlState === LOCK_TIMEOUT) {
      return new GraphQLError('Somebody else is changing the same at this moment: try again.', {
        extensions: { code: 'UNAVAILABLE' },
      });
    }
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

function sqlStateOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const SHOWN = ['code', 'requestId', 'limit', 'allowed', 'found', 'retryAfterS'] as const;

/** Errors of GraphQL itself (syntax, validation, variables) pass with their code only: no stack, no cause. */
export function withoutInternals(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const limited = limitPassed(error);
  const { message, extensions } = limited ?? formatted;
  const shown = Object.fromEntries(
    SHOWN.flatMap((name) => (extensions?.[name] === undefined ? [] : [[name, extensions[name]]])),
  );
  if (shown['code'] === UNKNOWN && UNCODED.test(message)) shown['code'] = 'BAD_USER_INPUT';
  if (shown['code'] !== UNKNOWN) return { ...formatted, message, extensions: shown };
  return { message: 'Something went wrong on our side.', extensions: { ...shown, code: 'INTERNAL' } };
}

/** What only the executor of GraphQL says, without a code: an argument that must not be null, and is; more than fifty wrong values. */
const UNCODED = /^(Argument "|Too many errors processing variables)/;

/** How Apollo calls what it does not know. */
const UNKNOWN = 'INTERNAL_SERVER_ERROR';

/** What Apollo takes for a mistake in the document, and is about its size. */
function limitPassed(error: unknown): GraphQLError | null {
  const cause = error instanceof GraphQLError ? error.originalError : null;
  if (!(cause instanceof GraphQLError)) return null;
  return cause.extensions['code'] === 'LIMIT_EXCEEDED' ? cause : tooManyTokens(cause);
}

/** The same for transports other than Apollo's: an error of ours as it leaves. */
export function presentable(error: GraphQLError): GraphQLError {
  const { message } = error;
  const shown = withoutInternals({ message, extensions: { code: UNKNOWN, ...error.extensions } }, error);
  return reworded(error, shown.message, shown.extensions ?? {});
}

/** The same error about the same place, in other words. */
export function reworded(error: GraphQLError, message: string, extensions: GraphQLErrorExtensions): GraphQLError {
  const { nodes = null, source = null, positions = null, path = null } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}

/** The body of an answer that GraphQL had no part in, in the shape that its clients read. */
export function errorBody(
  code: ErrorCode,
  message: string,
): { errors: [{ message: string; extensions: { code: ErrorCode } }] } {
  return { errors: [{ message, extensions: { code } }] };
}
