import type { RequestHandler } from 'express';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../../schema/context.ts';
import type { PlannedQueries } from '../../schema/execution/planned-queries.ts';
import type { Gate } from '../limits/gate.ts';
import { answerText, costOf } from './answer-text.ts';

/** Of some ten kilobytes each: more than the console, the client and some integrators ask together. */
export const QUERIES_KEPT = 300;

export interface KnownQuery {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export interface KnownQueriesOptions {
  readonly queries: PlannedQueries;
  readonly gate: Gate;
  /** Told in how many seconds a query was answered. */
  readonly onAnswered: (seconds: number) => void;
}

/**
 * Answers queries that Apollo has once parsed, found good and let through, without asking it again: between the request and its plan
 * lies nothing that would come out otherwise the second time. Whatever is out of the ordinary is left to Apollo.
 */
export class KnownQueries {
  private readonly known = new LRUCache<string, KnownQuery>({ max: QUERIES_KEPT });

  constructor(private readonly options: KnownQueriesOptions) {}

  /** @param name that of the operation, where the request gave one */
  remember(text: string, name: string | undefined, query: KnownQuery): void {
    this.known.set(keyOf(text, name), query);
  }

  handler(): RequestHandler {
    const { queries, gate, onAnswered } = this.options;
    return async (request, response, next) => {
      const asked = askedIn(request.body);
      const query =
        asked && mayBeJson(request.headers.accept) && this.known.get(keyOf(asked.query, asked.operationName));
      if (!query) {
        next();
        return;
      }
      const startedAt = performance.now();
      const context = response.locals['context'] as RequestContext;
      const { document, operation } = query;
      const { variables } = asked;
      const charged = gate.tryCharge(document, operation, variables, context);
      const data = charged && (await queries.answer({ document, operation, variables }, context));
      if (!charged || !data) {
        next();
        return;
      }
      const text = answerText({ data, extensions: { cost: costOf(charged) } });
      response.setHeader('ratelimit', charged.rateLimit);
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.setHeader('content-length', Buffer.byteLength(text));
      response.end(text);
      onAnswered((performance.now() - startedAt) / 1_000);
    };
  }
}

interface Asked {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a body asks, if it is made of nothing but an operation, its name and its variables. */
function askedIn(body: unknown): Asked | null {
  if (!isObject(body)) return null;
  const { query, operationName = undefined, variables = undefined, ...others } = body;
  if (typeof query !== 'string' || Object.keys(others).length > 0) return null;
  if (operationName !== undefined && typeof operationName !== 'string') return null;
  if (variables !== undefined && !isObject(variables)) return null;
  return { query, operationName, variables: variables ?? {} };
}

/** Whether plain JSON is what Apollo would answer with. */
function mayBeJson(accept: string | undefined): boolean {
  return accept === undefined || accept === '*/*' || accept === 'application/json';
}

const keyOf = (text: string, name: string | undefined): string => (name === undefined ? text : `${name}\n${text}`);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
