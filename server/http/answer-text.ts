import { JsonText } from '../../core/projection/json-text.ts';
import { LIMITS } from '../../schema/limits/limits.ts';
import type { Charged } from '../limits/gate.ts';

/** The body of an answer. What is JSON already is passed on as it is. */
export function answerText(result: object): string {
  const parts = Object.entries(result).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [`"${key}":${value instanceof JsonText ? value.text : JSON.stringify(value)}`];
  });
  return `{${parts.join(',')}}\n`;
}

/** What an answer says of its cost. What is left depends on what else the key asks at this moment: it is no part of the answer. */
export function costOf({ cost }: Charged): { readonly requested: number; readonly allowed: number } {
  return { requested: cost, allowed: LIMITS.cost };
}
