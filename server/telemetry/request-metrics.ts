import type { ApolloServerPlugin } from '@apollo/server';
import type { Meter } from '@opentelemetry/api';
import type { SignInEvent } from '../../core/access/sign-in-watch.ts';
import type { RequestContext } from '../../schema/context.ts';

/** What GraphQL knows an operation as; `none` where it could not be read. */
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'none';

/** From what PostgreSQL needs for one row to where an operation is cut off, in seconds. */
const DURATIONS_S = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Up to the most that one operation may cost. */
const COSTS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];

/** What the request process counts. Labels are words of ours: nothing that a caller writes becomes one. */
export class RequestMetrics {
  private readonly durations;
  private readonly costs;
  private readonly denials;

  constructor(meter: Meter) {
    this.durations = meter.createHistogram('concord_request_duration_seconds', {
      description:
        'How long operations took, and whether they were answered, refused (the caller erred) or failed (we did).',
      advice: { explicitBucketBoundaries: DURATIONS_S },
    });
    this.costs = meter.createHistogram('concord_operation_cost', {
      description: 'What operations cost by the measure of their limit.',
      advice: { explicitBucketBoundaries: COSTS },
    });
    this.denials = meter.createCounter('concord_denials', {
      description: 'Requests that were turned away, by the code of the audit.',
    });
  }

  /** To be called once for each operation whose cost was computed, whether it was let through or not. */
  recordCost(cost: number, operation: OperationKind): void {
    this.costs.record(cost, { operation });
  }

  /** Somebody was turned away, for a reason that is a code of ours. */
  recordDenial(reason: string): void {
    this.denials.add(1, { reason });
  }

  hearSignIn({ kind, reason }: SignInEvent): void {
    if (kind === 'denied') this.recordDenial(reason);
  }

  /** A query was answered without Apollo. */
  recordAnswered(seconds: number): void {
    this.durations.record(seconds, { operation: 'query', status: 'answered' });
  }

  /** Measures the operations that pass Apollo. */
  plugin(): ApolloServerPlugin<RequestContext> {
    return {
      requestDidStart: () => {
        const startedAt = performance.now();
        return Promise.resolve({
          willSendResponse: ({ operation, response }) => {
            const { body } = response;
            const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
            const failed = errors.some(({ extensions }) => extensions?.['code'] === 'INTERNAL');
            const status = failed ? 'failed' : errors.length > 0 ? 'refused' : 'answered';
            this.durations.record((performance.now() - startedAt) / 1_000, {
              operation: operation?.operation ?? 'none',
              status,
            });
            return Promise.resolve();
          },
        });
      },
    };
  }
}
