import type { z } from 'zod';
import type { Issue } from './outcome.ts';

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Checks an input at the edge of a service; every issue names its path below `input`. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): Parsed<T> {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data };
  return {
    ok: false,
    issues: result.error.issues.map((issue) => ({ path: pathOf(issue.path), message: issue.message })),
  };
}

/** `['places', 2]` → `input.places[2]`, as the caller wrote it. */
export function pathOf(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${String(part)}]` : `${path}.${String(part)}`),
    'input',
  );
}
