import type { GraphQLSchema } from 'graphql';
import { inSpan } from '../../platform/telemetry/tracing.ts';

/**
 * Puts every mutation into a span, whatever transport it comes by: what it writes into the outbox is a step of it. The span is named
 * after the field, which is ours, not after the operation, which callers name. Reads stay as they are.
 */
export function traceMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (!resolve) continue;
    field.resolve = (source, args, context, info) =>
      inSpan(`mutation ${field.name}`, { 'concord.operation': field.name }, () => resolve(source, args, context, info));
  }
}
