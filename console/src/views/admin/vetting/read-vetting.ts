import { hub } from '../../../hub/hub.ts';

/** What a coordinator looks at before it vouches for an actor. */
export interface VettedActor {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly vetting: 'PENDING' | 'VERIFIED' | 'SUSPENDED';
  /** A civil day. Null: not verified, or without end. */
  readonly vettedUntil: string | null;
  readonly website: string | null;
  readonly source: string | null;
  readonly createdAt: string;
  readonly kind: { readonly code: string };
  readonly basedIn: readonly { readonly code: string }[];
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
  readonly vettingDecisions: readonly VettingDecision[];
}

export interface VettingDecision {
  readonly decidedAt: string;
  readonly decision: 'VERIFIED' | 'VOUCHED' | 'SUSPENDED';
  readonly evidence: string;
  readonly validUntil: string | null;
}

const QUERY = `query VettedActor($id: ID!) {
  node(id: $id) {
    ... on Actor {
      id version name description vetting vettedUntil website source createdAt
      kind { code }
      basedIn { code }
      identifiers { scheme value }
      vettingDecisions { decidedAt decision evidence validUntil }
    }
  }
}`;

/** Null: there is none, or it may not be seen. */
export async function readVetting(id: string, signal: AbortSignal): Promise<VettedActor | null> {
  const { node } = await hub.query<{ readonly node: Partial<VettedActor> | null }, { id: string }>(
    QUERY,
    { id },
    { signal },
  );
  return node?.id === undefined ? null : (node as VettedActor);
}
