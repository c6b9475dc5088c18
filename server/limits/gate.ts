import { HeaderMap } from '@apollo/server';
import { type DocumentNode, type OperationDefinitionNode, GraphQLError } from 'graphql';
import { counted } from '../../schema/limits/limit-error.ts';
import type { Costs } from '../../schema/limits/cost.ts';
import type { RequestContext } from '../../schema/context.ts';
import type { Budgets } from './budgets.ts';

/** What an operation cost, as answers tell it in `extensions.cost`. Nothing of it depends on what is stored. */
export interface Charged {
  readonly requested: number;
  /** Of the budget that ends first: the minute's, or the hour's when less is left of that. */
  readonly remaining: number;
  readonly resetAt: string;
}

/** Where every operation pays before it begins, whatever the transport. */
export class Gate {
  constructor(
    private readonly costs: Costs,
    private readonly budgets: Budgets,
  ) {}

  /** @throws {GraphQLError} when it is too large for any operation, or for what is left of the key's budget */
  charge(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    { viewer }: RequestContext,
  ): Charged {
    const requested = this.costs.of(document, operation, variables);
    const charge = this.budgets.charge(viewer.keyId, requested);
    if (charge.kind === 'granted') return { requested, remaining: charge.remaining, resetAt: charge.resetAt };
    const { window, allowed, retryAfterS } = charge;
    throw new GraphQLError(
      `A key may spend ${counted(allowed)} points a ${window}, and this operation costs ${counted(requested)}, more than is left: wait ${String(retryAfterS)} seconds. Smaller pages and fewer counts cost less.`,
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
