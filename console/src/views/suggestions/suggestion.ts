import type { Page, PageOptions, Suggestion as SuggestionRead, SuggestionFilter, Viewer } from '@concord/client-sdk';
import { hub } from '../../hub/hub.ts';
import { vocabularyIn } from '../../hub/use-vocabulary.ts';

interface Reason {
  readonly code: string;
  readonly parameters: readonly { readonly name: string; readonly values: readonly string[] }[];
}

interface ScorePart {
  readonly facet: string;
  readonly similarity: number;
  readonly stated: boolean;
}

/** A suggestion with what speaks for it, as whoever is signed in sees it. */
export interface Suggestion extends SuggestionRead {
  readonly dismissedReason: string | null;
  readonly reasons: readonly Reason[];
  readonly overlaps: { readonly nodes: readonly { readonly parts: readonly ScorePart[] }[] };
}

export type Seat = Suggestion['participants'][number];

const FIELDS = `
  __typename id version kind status score title explanation updatedAt dismissedReason
  corridor { code name(language: $language) }
  window { start end }
  themes { code } audiences { code } countries { code }
  participants { position lead role disclosure place { code } actor { id name(language: $language) } subject { __typename id name(language: $language) } }
  missing { roles countries { code } languages { code } channels { code } }
  practice { id title }
  reasons { code parameters { name values } }
  myAnswer { choice version }
  overlaps(first: 3) { nodes { parts { facet similarity stated } } }`;

const LIST = `query Inbox($first: Int!, $after: String, $filter: SuggestionFilter, $withTotal: Boolean!, $language: String!) {
  list: suggestions(first: $first, after: $after, filter: $filter) {
    nodes { ${FIELDS} }
    pageInfo { hasNextPage endCursor }
    changeToken
    totalCount @include(if: $withTotal)
  }
}`;

const ONE = `query Suggestion($id: ID!, $language: String!) { node(id: $id) { __typename ... on Suggestion { ${FIELDS} } } }`;

interface Listed {
  readonly list: {
    readonly nodes: readonly Suggestion[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly changeToken: string;
    readonly totalCount?: number;
  };
}

/** By rank, the highest first: the hub's order. */
export function listSuggestions(
  filter: SuggestionFilter,
  language: string,
  first = 10,
): { page: (options?: PageOptions) => Promise<Page<Suggestion>> } {
  return {
    page: async ({ after = null, withTotal = false, signal } = {}) => {
      const [{ list }] = await Promise.all([
        hub.query<Listed>(LIST, { first, after, filter, withTotal, language }, { signal }),
        vocabularyIn(language).catch(() => null),
      ]);
      const { nodes, changeToken, pageInfo, totalCount } = list;
      return { nodes, changeToken, next: pageInfo.hasNextPage ? pageInfo.endCursor : null, total: totalCount ?? null };
    },
  };
}

/** Null: there is none, or it is not for this viewer. */
export async function getSuggestion(id: string, language: string, signal?: AbortSignal): Promise<Suggestion | null> {
  const { node } = await hub.query<{ node: Suggestion | null }>(ONE, { id, language }, { signal });
  return node?.__typename === 'Suggestion' ? node : null;
}

/** The seats of the actor that the viewer acts for. */
export function ownSeats({ participants }: Suggestion, { actor }: Viewer): readonly Seat[] {
  return actor ? participants.filter((seat) => seat.actor?.id === actor.id) : [];
}

/** Whoever may write and has a seat answers for it; the hub decides. */
export function mayAnswer(suggestion: Suggestion, viewer: Viewer): boolean {
  return viewer.scopes.includes('WRITE') && ownSeats(suggestion, viewer).length > 0;
}

export function mayDismiss(suggestion: Suggestion, viewer: Viewer): boolean {
  return mayAnswer(suggestion, viewer) || (viewer.role === 'COORDINATOR' && viewer.scopes.includes('WRITE'));
}

/** An answer counts for the version it was given to alone. */
export function standingAnswer({ myAnswer, version }: Suggestion): 'ENDORSE' | 'DECLINE' | null {
  return myAnswer?.version === version ? myAnswer.choice : null;
}

/** The parts of the score that the hub tells of, each from 0 to 1: of how the participants fit together, the mean of their overlaps by facet. */
export function scoreParts({
  score,
  reasons,
  overlaps,
}: Suggestion): readonly { readonly id: string; readonly value: number }[] {
  const told = (code: string, name: string): number | null => {
    const value = reasons.find((reason) => reason.code === code)?.parameters.find((one) => one.name === name)
      ?.values[0];
    return value === undefined ? null : Number(value);
  };
  const parts = new Map<string, number | null>([
    ['SCORE', score],
    ['STRENGTH', told('MEAN_STRENGTH', 'STRENGTH')],
    ['PLACE', null],
    ['AUDIENCE', told('SAME_AUDIENCES', 'SIMILARITY')],
    ['THEME', told('SAME_THEMES', 'SIMILARITY')],
    ['TIME', null],
    ['CHANNEL', told('SAME_CHANNELS', 'SIMILARITY')],
    ['REACH', told('EFFECTIVE_CHANNEL', 'WEIGHT')],
  ]);
  for (const facet of ['PLACE', 'AUDIENCE', 'THEME', 'TIME', 'CHANNEL', 'LANGUAGE']) {
    const stated = overlaps.nodes.flatMap((overlap) =>
      overlap.parts.filter((part) => part.facet === facet && part.stated),
    );
    if (stated.length > 0) parts.set(facet, stated.reduce((sum, part) => sum + part.similarity, 0) / stated.length);
  }
  return [...parts].flatMap(([id, value]) => (value === null ? [] : [{ id, value }]));
}
