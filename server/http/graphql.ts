import {
  type ApolloServerOptions,
  type ApolloServerPlugin,
  type HTTPGraphQLRequest,
  ApolloServer,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import {
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  GraphQLError,
  OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../platform/log.ts';
import type { RequestContext } from '../../schema/context.ts';
import type { PlannedQueries } from '../../schema/execution/planned-queries.ts';
import { PARSE_OPTIONS } from '../../schema/limits/tokens.ts';
import { withinLimits } from '../../schema/limits/within-limits.ts';
import type { Charged, Gate } from '../limits/gate.ts';
import type { Refusals } from '../limits/refusals.ts';
import { answerText, costOf } from './answer-text.ts';
import { withoutInternals } from './errors.ts';
import { type KnownQueries, QUERIES_KEPT } from './known-queries.ts';

/** `plain`: by GraphQL's own executor only. */
export type Execution = 'planned' | 'plain';

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly gate: Gate;
  readonly refusals: Refusals;
  readonly log: Log;
  /** Left out: queries are answered by GraphQL's own executor only. */
  readonly planned?: { readonly queries: PlannedQueries; readonly known: KnownQueries };
  /** They watch every request. */
  readonly plugins?: readonly ApolloServerPlugin<RequestContext>[];
}

/** Apollo over a schema, started. */
export async function startApollo(options: ApolloOptions): Promise<ApolloServer<RequestContext>> {
  const { schema } = options;
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    // Our own shutdown ends it once: a second concurrent stop() would hang.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    parseOptions: PARSE_OPTIONS,
    // Once for each document: Apollo keeps those that it found good, by default until their JSON makes 30 MB, and they some hundred.
    validationRules: [withinLimits],
    documentStore: keptDocuments(),
    // Its cache-control plugin would wrap every resolver to compute hints that nobody may use here.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ...(options.plugins ?? []),
      charging(options),
      ...(options.planned ? [planned(options.planned.queries)] : []),
    ],
    formatError: withoutInternals,
    stringifyResult: answerText,
  });
  await apollo.start();
  return apollo;
}

function keptDocuments(): NonNullable<ApolloServerOptions<RequestContext>['documentStore']> {
  const kept = new LRUCache<string, DocumentNode>({ max: QUERIES_KEPT });
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    set: (key, document) => Promise.resolve(void kept.set(key, document)),
    delete: (key) => Promise.resolve(kept.delete(key)),
  };
}

/** Has every operation paid for before it begins, and says in its answer what it cost; logs what nobody foresaw. */
function charging({ gate, refusals, log, planned }: ApolloOptions): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () => {
      let charged: Charged | null = null;
      return Promise.resolve({
        didResolveOperation: ({ document, operation, source, request, contextValue }) => {
          // Without one, Apollo says that there is none.
          if (!operation) return Promise.resolve();
          if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw notHere();
          charged = gate.charge(document, operation, request.variables ?? {}, contextValue);
          if (operation.operation === OperationTypeNode.QUERY)
            planned?.known.remember(source, request.operationName ?? undefined, { document, operation });
          return Promise.resolve();
        },
        willSendResponse: ({ request, contextValue, response: { body, http } }) => {
          if (body.kind !== 'single') return Promise.resolve();
          if (charged) {
            body.singleResult.extensions = { cost: costOf(charged) };
            http.headers.set('ratelimit', charged.rateLimit);
          }
          if (http.status === 400 && saysItInTheBody(request.http, body.singleResult)) {
            http.status = 200;
            // Nobody sees any more that it was refused.
            refusals.note(contextValue.viewer.keyId);
          }
          return Promise.resolve();
        },
        didEncounterErrors: ({ errors, contextValue: { requestId } }) => {
          for (const error of errors) {
            if (error.extensions['code'] === undefined && error.originalError)
              log.error({ requestId, err: error.originalError }, 'a request failed');
          }
          return Promise.resolve();
        },
      });
    },
  };
}

/** Apollo would ask the field once, as if it were a query's. */
function notHere(): GraphQLError {
  return new GraphQLError('Open a subscription by WebSocket here, or by POST to /graphql/stream.', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

/**
 * To clients that ask for plain JSON, an operation that could not begin answers 200 (GraphQL over HTTP, 6.4.1): by other codes they would
 * not know whether it is GraphQL that speaks. A request that is no operation at all stays a 400.
 */
function saysItInTheBody(request: HTTPGraphQLRequest | undefined, { errors }: FormattedExecutionResult): boolean {
  const accepts = request?.headers.get('accept') ?? '';
  return !accepts.includes('application/graphql-response+json') && errors?.[0]?.extensions?.['code'] !== 'BAD_REQUEST';
}

/** Answers what can be planned, and leaves the rest to Apollo. */
function planned(queries: PlannedQueries): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async ({ request, response, document, operation, contextValue }) => {
          // Without one, Apollo says that there is none.
          if (!(operation as unknown)) return null;
          const { variables = {} } = request;
          const data = await queries.answer({ document, operation, variables }, contextValue);
          // Apollo takes data for an object and hands it on to `answerText` as it is.
          const singleResult = { data: data as unknown as Record<string, unknown> };
          return data && { ...response, body: { kind: 'single', singleResult } };
        },
      }),
  };
}
