import { HeaderMap } from '@apollo/server';
import { type DocumentNode, type OperationDefinitionNode, GraphQLError } from 'graphql';
import { counted } from '../../schema/limits/limit-error.ts';
import type { Costs } from '../../schema/limits/cost.ts';
import type { RequestContext } from '../../schema/context.ts';
import type { RequestMetrics } from '../telemetry/request-metrics.ts';
import type { Budgets } from './budgets.ts';

/** What an operation cost, and what its key may still spend. Nothing of it depends on what is stored. */
export interface Charged {
  readonly cost: number;
  /** The budget that ends first, as in the header `RateLimit` of the IETF: its window, what is left of it, and when it begins anew. */
  readonly rateLimit: string;
}

/** Where every operation pays before it begins, whatever the transport. */
export class Gate {
  /** What operations have paid, or why they could not: each is asked for it once, however many ways it is tried. */
  private readonly asked = new WeakMap<RequestContext, Charged | GraphQLError>();

  constructor(
    private readonly costs: Costs,
    private readonly budgets: Budgets,
    private readonly metrics: Pick<RequestMetrics, 'recordCost' | 'recordDenial'> | null = null,
  ) {}

  /** @throws {GraphQLError} when it is too large for any operation, or for what is left of the key's budget */
  charge(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Charged {
    const answer = this.asked.get(context) ?? this.ask(document, operation, variables, context);
    this.asked.set(context, answer);
    if (answer instanceof GraphQLError) throw answer;
    return answer;
  }

  /** The same for whoever leaves it to another to say why not; null then. */
  tryCharge(...operation: Parameters<Gate['charge']>): Charged | null {
    try {
      return this.charge(...operation);
    } catch (error) {
      if (error instanceof GraphQLError) return null;
      throw error;
    }
  }

  private ask(...operation: Parameters<Gate['charge']>): Charged | GraphQLError {
    try {
      return this.pay(...operation);
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }

  private pay(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    { viewer }: RequestContext,
  ): Charged {
    const cost = this.costs.of(document, operation, variables);
    this.metrics?.recordCost(cost, operation.operation);
    const charge = this.budgets.charge(viewer.keyId, cost);
    if (charge.kind === 'granted') {
      const { remaining, resetsInS } = charge;
      return { cost, rateLimit: `"${charge.window}";r=${String(remaining)};t=${String(resetsInS)}` };
    }
    this.metrics?.recordDenial('RATE_LIMITED');
    const { window, allowed, retryAfterS } = charge;
    throw new GraphQLError(
      `A key may spend ${counted(allowed)} points a ${window}, and this operation costs ${counted(cost)}, more than is left: wait ${String(retryAfterS)} seconds. Smaller pages and fewer counts cost less.`,
      {
        extensions: {
          code: 'RATE_LIMITED',
          limit: `points a ${window}`,
          allowed,
          retryAfterS,
          http: { status: 429, headers: headersOf(retryAfterS) },
        },
      },
    );
  }
}

/** Apollo wants a map, whatever the type says that another package gave these. */
const headersOf = (retryAfterS: number): Record<string, string> =>
  new HeaderMap([['retry-after', String(retryAfterS)]]) as unknown as Record<string, string>;
