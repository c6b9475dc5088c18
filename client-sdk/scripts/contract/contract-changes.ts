import { type Change, CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import type { ReleaseKind } from './release-kind.ts';

/** One difference between two contracts. */
export interface ContractChange {
  readonly kind: ReleaseKind;
  /** Where: `Programme.name`, `Query.programmes.first`, `Facet.DAYS`. Null: the contract as a whole. */
  readonly path: string | null;
  /** A sentence, without full stop. */
  readonly message: string;
}

/**
 * What became of a contract, in the order of graphql-inspector. Major: a program that was right may fail. Minor: there is more, and
 * a program meets what it has not seen before (a value of an enum, a member of a union); or it is told of an end to come. Patch:
 * the same is described in other words.
 */
export async function contractChanges(released: GraphQLSchema, present: GraphQLSchema): Promise<ContractChange[]> {
  const changes = await diff(released, present, [DiffRule.simplifyChanges]);
  return changes.map((change) => ({ kind: kindOf(change), path: change.path ?? null, message: change.message }));
}

function kindOf({ criticality, type }: Change): ReleaseKind {
  if (criticality.level === CriticalityLevel.Breaking) return 'major';
  return String(type).includes('DESCRIPTION') ? 'patch' : 'minor';
}
