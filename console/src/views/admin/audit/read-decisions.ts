import { hub } from '../../../hub/hub.ts';

/** Something that coordinators decided about an organisation. */
export interface Decided {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly what: 'VERIFIED' | 'VOUCHED' | 'SUSPENDED' | 'MERGED';
  /** Null: it needs none. */
  readonly evidence: string | null;
}

interface Read {
  readonly actors: {
    readonly nodes: readonly {
      readonly id: string;
      readonly name: string;
      readonly vettingDecisions: readonly {
        readonly decidedAt: string;
        readonly decision: 'VERIFIED' | 'VOUCHED' | 'SUSPENDED';
        readonly evidence: string;
      }[];
      readonly mergedFrom: readonly { readonly duplicate: string; readonly mergedAt: string }[];
    }[];
  };
}

const QUERY = `query Decisions($first: Int!) {
  actors(first: $first, orderBy: { field: UPDATED, direction: DESC }) {
    nodes { id name vettingDecisions { decidedAt decision evidence } mergedFrom { duplicate mergedAt } }
  }
}`;

/** Of the hundred organisations that were changed last, the latest decision first. */
export async function readDecisions(signal: AbortSignal): Promise<readonly Decided[]> {
  const { actors } = await hub.query<Read, { first: number }>(QUERY, { first: 100 }, { signal });
  return actors.nodes
    .flatMap(({ id, name, vettingDecisions, mergedFrom }) => [
      ...vettingDecisions.map(({ decidedAt, decision, evidence }): Decided => ({
        id: `${id} ${decidedAt}`,
        at: decidedAt,
        actor: { id, name },
        what: decision,
        evidence,
      })),
      ...mergedFrom.map(({ duplicate, mergedAt }): Decided => ({
        id: duplicate,
        at: mergedAt,
        actor: { id, name },
        what: 'MERGED',
        evidence: null,
      })),
    ])
    .sort((one, other) => other.at.localeCompare(one.at));
}
