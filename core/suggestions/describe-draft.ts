import {
  bitsOf,
  type Draft,
  type FacetSet,
  formatCalendarDate,
  lastDayOf,
  type Participant,
} from '../../engine/index.ts';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import type { FacetKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { Proposal, ProposedParticipant } from './proposal.ts';
import { countryCode, giveReason } from './reason.ts';
import { saySuggestion } from './saying/say-suggestion.ts';

/** A draft in the words of the vocabulary, as it is stored. @throws when a participant is not among the footprints. */
export function describeDraft(
  draft: Draft,
  footprints: ReadonlyMap<string, FootprintRow>,
  vocabulary: Vocabulary,
): Proposal {
  const codes = (kind: FacetKind, set: FacetSet): string[] => bitsOf(set).map((bit) => vocabulary.codeOf(kind, bit));
  const { window, missing } = draft;
  const last = lastDayOf(window);
  const participants = draft.participants.map((participant, index) =>
    describeParticipant(participant, index + 1, footprints, vocabulary),
  );
  const unsaid = {
    kind: draft.kind,
    draft_key: draft.key,
    corridor: draft.corridor === null ? null : vocabulary.codeOf('corridor', draft.corridor),
    about: draft.about,
    score: draft.value,
    start_day: window.start,
    end_day: window.end,
    starts_on: formatCalendarDate(window.start),
    ends_on: last === null ? null : formatCalendarDate(last),
    themes: codes('theme', draft.themes),
    audiences: codes('audience', draft.audiences),
    countries: [...new Set(participants.map(({ country }) => country))].sort(),
    missing_roles: missing.roles,
    missing_countries: missing.countries.map((country) => countryCode(country, vocabulary)).sort(),
    missing_languages: codes('language', missing.languages),
    missing_channels: codes('channel', missing.channels),
    reasons: draft.reasons.map((reason) => giveReason(reason, draft.participants, vocabulary)),
    participants,
  };
  return { ...unsaid, ...saySuggestion(unsaid, vocabulary) };
}

function describeParticipant(
  { footprint, country, role, lead }: Participant,
  position: number,
  footprints: ReadonlyMap<string, FootprintRow>,
  vocabulary: Vocabulary,
): ProposedParticipant {
  const row = footprints.get(footprint);
  if (row === undefined) throw new Error(`a draft names footprint ${footprint}, which is not among those given`);
  return {
    position,
    subject_id: footprint,
    subject_kind: row.subject_kind,
    actor_id: row.owner_id,
    country: countryCode(country, vocabulary),
    role,
    lead,
    coarse: row.coarse,
  };
}
