import { type ApolloServerPlugin, ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { JsonText } from '../../core/projection/json-text.ts';
import type { RequestContext } from '../../schema/context.ts';
import { PlannedQueries } from '../../schema/execution/planned-queries.ts';
import { withoutInternals } from './errors.ts';

/** `plain`: by GraphQL's own executor only. */
export type Execution = 'planned' | 'plain';

/** Apollo over a schema, started; the plugins watch every request. */
export async function startApollo(
  schema: GraphQLSchema,
  execution: Execution = 'planned',
  plugins: readonly ApolloServerPlugin<RequestContext>[] = [],
): Promise<ApolloServer<RequestContext>> {
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    // Our own shutdown ends it once: a second concurrent stop() would hang.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // Its cache-control plugin would wrap every resolver to compute hints that nobody may use here.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ...plugins,
      ...(execution === 'planned' ? [planned(schema)] : []),
    ],
    formatError: withoutInternals,
    stringifyResult: resultText,
  });
  await apollo.start();
  return apollo;
}

/** Answers what can be planned, and leaves the rest to Apollo. */
function planned(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  const queries = new PlannedQueries(schema);
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async ({ request, response, document, operation, contextValue }) => {
          const { variables = {} } = request;
          const data = await queries.answer({ document, operation, variables }, contextValue);
          // Apollo takes data for an object and hands it on to `resultText` as it is.
          const singleResult = { data: data as unknown as Record<string, unknown> };
          return data && { ...response, body: { kind: 'single', singleResult } };
        },
      }),
  };
}

function resultText(result: object): string {
  const parts = Object.entries(result).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [`"${key}":${value instanceof JsonText ? value.text : JSON.stringify(value)}`];
  });
  return `{${parts.join(',')}}\n`;
}
