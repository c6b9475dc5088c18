import type { CountryRole, DraftKind } from '../../engine/index.ts';
import type { SubjectKind } from '../footprints/registry.rows.ts';
import type { GivenReason } from './reason.ts';

/** One seat: a record in one of its countries. Named like its columns. */
export interface ProposedParticipant {
  /** From 1; reasons refer to it. */
  readonly position: number;
  readonly subject_id: string;
  readonly subject_kind: SubjectKind;
  /** Whose record it is. */
  readonly actor_id: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly role: CountryRole | null;
  readonly lead: boolean;
  /** Whether the form of it that was composed says countries, months and themes only. */
  readonly coarse: boolean;
}

/**
 * What a suggestion says, whatever people decided about it: a draft of the engine in codes and words. A pure function of draft
 * and vocabulary, so that equal drafts give equal proposals. Codes and not bits, because reads and `reconcile` compare and show
 * them without the vocabulary, and a code keeps its bit for ever. Named like the columns of `suggestion`.
 */
export interface Proposal {
  readonly kind: DraftKind;
  readonly draft_key: string;
  readonly corridor: string | null;
  /** As in the engine's draft. */
  readonly about: string | null;
  /** 0 to 1. */
  readonly score: number;
  /** Half-open epoch days. */
  readonly start_day: number;
  readonly end_day: number;
  /** `YYYY-MM-DD`, both included; a null end is open. */
  readonly starts_on: string;
  readonly ends_on: string | null;
  /** In the order of their bits, like all codes here but those of countries, which are in the order of the alphabet. */
  readonly themes: readonly string[];
  readonly audiences: readonly string[];
  readonly countries: readonly string[];
  /** In the order of the corridor's legs. */
  readonly missing_roles: readonly CountryRole[];
  readonly missing_countries: readonly string[];
  readonly missing_languages: readonly string[];
  readonly missing_channels: readonly string[];
  readonly reasons: readonly GivenReason[];
  readonly title: string;
  readonly explanation: string;
  /** By position. */
  readonly participants: readonly ProposedParticipant[];
}

/** The columns of `suggestion` that hold a proposal. */
export const PROPOSAL_COLUMNS = [
  'kind',
  'draft_key',
  'corridor',
  'about',
  'score',
  'start_day',
  'end_day',
  'starts_on',
  'ends_on',
  'themes',
  'audiences',
  'countries',
  'missing_roles',
  'missing_countries',
  'missing_languages',
  'missing_channels',
  'reasons',
  'title',
  'explanation',
] as const satisfies readonly (keyof Proposal)[];

export const PARTICIPANT_COLUMNS = [
  'position',
  'subject_id',
  'subject_kind',
  'actor_id',
  'country',
  'role',
  'lead',
  'coarse',
] as const satisfies readonly (keyof ProposedParticipant)[];
