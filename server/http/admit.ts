import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  GraphQLError,
  OperationTypeNode,
  getOperationAST,
  specifiedRules,
  validate,
} from 'graphql';
import type { RequestContext } from '../../schema/context.ts';
import { parseWithinLimits } from '../../schema/limits/tokens.ts';
import { withinLimits } from '../../schema/limits/within-limits.ts';
import type { Gate } from '../limits/gate.ts';
import type { InFlight } from '../limits/in-flight.ts';
import { type OpenOfKey, SUBSCRIPTIONS_OF_KEY } from '../limits/open-of-key.ts';
import type { Refusals } from '../limits/refusals.ts';
import { BUSY, type ErrorCode, reworded } from './errors.ts';

/** What stands at the door of transports other than Apollo's. */
export interface Door {
  readonly schema: GraphQLSchema;
  readonly gate: Gate;
  readonly inFlight: InFlight;
  readonly subscriptions: OpenOfKey;
  readonly refusals: Refusals;
}

/** An operation as it came. */
export interface Presented {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

export type Admitted =
  | {
      readonly kind: 'admitted';
      readonly args: ExecutionArgs;
      /** To be called once its answer is known, or a subscription open. */
      readonly answered: () => void;
      /** To be called once nothing more will come. */
      readonly ended: () => void;
    }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[]; readonly status: number };

/** Parses, validates and charges an operation, and finds a place for it. */
export function admit(door: Door, presented: Presented, context: RequestContext): Admitted {
  const answered = door.inFlight.enter();
  if (!answered) return refused(503, [new GraphQLError(BUSY, { extensions: { code: 'UNAVAILABLE' } })]);
  let ended = answered;
  try {
    const document = parseWithinLimits(textOf(presented.query) ?? '');
    const errors = validate(door.schema, document, [withinLimits, ...specifiedRules]);
    if (errors.length > 0) {
      answered();
      return refused(
        400,
        errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')),
      );
    }
    const operationName = textOf(presented.operationName);
    const operation = operationOf(document, operationName);
    const variables = isObject(presented.variables) ? presented.variables : {};
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      const left = door.subscriptions.enter(context.viewer.keyId);
      if (!left) throw tooManySubscriptions();
      ended = () => {
        answered();
        left();
      };
    }
    door.gate.charge(document, operation, variables, context);
    const args = { schema: door.schema, document, operationName, variableValues: variables, contextValue: context };
    return { kind: 'admitted', args, answered, ended };
  } catch (error) {
    ended();
    if (!(error instanceof GraphQLError)) throw error;
    const { http } = error.extensions as { http?: { status?: number } };
    return refused(http?.status ?? 400, [coded(error, 'GRAPHQL_PARSE_FAILED')]);
  }
}

/** How many seconds whoever was refused should wait; null when waiting does not help. */
export function retryAfterOf(errors: readonly GraphQLError[]): number | null {
  const [first] = errors;
  if (first?.extensions['code'] === 'UNAVAILABLE') return 1;
  const after = first?.extensions['retryAfterS'];
  return typeof after === 'number' ? after : null;
}

const refused = (status: number, errors: readonly GraphQLError[]): Admitted => ({ kind: 'refused', status, errors });

function operationOf(document: DocumentNode, name: string | undefined) {
  const operation = getOperationAST(document, name);
  if (operation) return operation;
  const message =
    name === undefined ? 'Say by operationName which operation is meant.' : `There is no operation ${name}.`;
  throw new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}

/** What GraphQL itself found has no code yet. */
function coded(error: GraphQLError, code: ErrorCode): GraphQLError {
  if (error.extensions['code'] !== undefined) return error;
  return reworded(error, error.message, { code });
}

function tooManySubscriptions(): GraphQLError {
  return new GraphQLError(
    `A key may have ${String(SUBSCRIPTIONS_OF_KEY)} subscriptions open at once, and all of them are: end one, or filter what comes by one of them yourself.`,
    {
      extensions: {
        code: 'LIMIT_EXCEEDED',
        limit: 'subscriptions of a key',
        allowed: SUBSCRIPTIONS_OF_KEY,
        found: SUBSCRIPTIONS_OF_KEY + 1,
      },
    },
  );
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
