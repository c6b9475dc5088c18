/** One thing wrong with an input: where (a path such as `input.places[2]`) and what would be right. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** A write that was done; the caller reads the record back under its own rights. */
export interface Saved {
  readonly kind: 'saved';
  readonly id: string;
}

/** A write that was not done, with what the caller needs to act. Nothing was changed. */
export type Refused =
  | { readonly kind: 'invalid'; readonly issues: readonly Issue[] }
  /** Hidden equals nonexistent: the same answer for both. */
  | { readonly kind: 'not-found'; readonly id: string }
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'stale'; readonly expected: number; readonly stored: number }
  | { readonly kind: 'conflict'; readonly reason: string }
  | { readonly kind: 'limit-exceeded'; readonly limit: string; readonly allowed: number; readonly found: number };

export type Outcome = Saved | Refused;

export const saved = (id: string): Saved => ({ kind: 'saved', id });
export const invalid = (issues: readonly Issue[]): Refused => ({ kind: 'invalid', issues });
export const notFound = (id: string): Refused => ({ kind: 'not-found', id });
export const forbidden = (reason: string): Refused => ({ kind: 'forbidden', reason });
export const stale = (expected: number, stored: number): Refused => ({ kind: 'stale', expected, stored });
export const conflict = (reason: string): Refused => ({ kind: 'conflict', reason });

/** Makes the compiler prove that a switch over a union is complete. @throws always: reaching it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
