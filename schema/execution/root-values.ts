import { JsonText } from '../../core/projection/json-text.ts';
import type { RequestContext } from '../context.ts';

type Values = Map<string, Promise<unknown>>;

const ofRequests = new WeakMap<RequestContext, Values>();

/** Keeps what the root fields of a request gave, by response key, for whoever executes its operation once more. */
export function keepRootValues(context: RequestContext, values: Values): void {
  ofRequests.set(context, values);
}

/** What a root field of this request already gave; undefined when it was not asked. */
export function keptRootValue(context: RequestContext, key: string): Promise<unknown> | undefined {
  return ofRequests.get(context)?.get(key)?.then(asValue);
}

function asValue(given: unknown): unknown {
  return given instanceof JsonText ? (JSON.parse(given.text) as unknown) : given;
}
