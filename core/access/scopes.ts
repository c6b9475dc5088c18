import type { ViewerRole } from './viewer.ts';

/**
 * What a key may do beside reading what its role sees: change records; vet, suspend and merge; let others in; see to jobs that failed.
 * A key without any only reads.
 */
export const SCOPES = ['write', 'vet', 'keys', 'operate'] as const;
export type Scope = (typeof SCOPES)[number];

const OF_ROLE: Readonly<Record<ViewerRole, readonly Scope[]>> = {
  operator: SCOPES,
  coordinator: SCOPES,
  editor: ['write', 'keys'],
  planner: ['write'],
  viewer: [],
  observer: [],
};

/** All that a role allows. */
export function scopesOf(role: ViewerRole): readonly Scope[] {
  return OF_ROLE[role];
}

/** Those of both, in the order of the list. */
export function commonScopes(one: readonly Scope[], other: readonly Scope[]): readonly Scope[] {
  return SCOPES.filter((scope) => one.includes(scope) && other.includes(scope));
}

/** Why somebody with these scopes may not do what needs `needed`, or null when they may. Whatever changes something needs `write`. */
export function missingScope(scopes: readonly Scope[], needed: Scope): string | null {
  if (!scopes.includes('write')) return 'This key may only read.';
  return scopes.includes(needed) ? null : `This key may not do this: it lacks the scope ${needed.toUpperCase()}.`;
}
