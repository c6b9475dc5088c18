import { z } from 'zod';

/** What one run of composing covers: a corridor (`corridor:rohingya_andaman`) or, for what is on none, a country (`country:TH`). */
export type Scope = `corridor:${string}` | `country:${string}`;

const PATTERN = /^(corridor|country):[A-Za-z0-9_-]+$/;

export const scopeSchema = z.custom<Scope>(
  (value) => typeof value === 'string' && PATTERN.test(value),
  'expected corridor:<code> or country:<code>',
);

export const corridorScope = (code: string): Scope => `corridor:${code}`;
export const countryScope = (code: string): Scope => `country:${code}`;
