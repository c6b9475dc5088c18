import type { CallOptions, Calls } from './calls.ts';
import * as documents from './generated.ts';
import type { CalendarEntry, Campaign, Problem, Programme } from './records.ts';

/** What can wait for the line to return. */
export type OutboxDraft =
  | { readonly action: 'registerProgramme'; readonly input: documents.RegisterProgrammeInput }
  | { readonly action: 'reviseProgramme'; readonly input: documents.ReviseProgrammeInput }
  | { readonly action: 'planCampaign'; readonly input: documents.PlanCampaignInput }
  | { readonly action: 'reviseCampaign'; readonly input: documents.ReviseCampaignInput }
  | { readonly action: 'rescheduleCampaign'; readonly input: documents.RescheduleCampaignInput }
  | { readonly action: 'addCalendarEntry'; readonly input: documents.AddCalendarEntryInput }
  | { readonly action: 'reviseCalendarEntry'; readonly input: documents.ReviseCalendarEntryInput };

/** What a draft becomes. */
export type OutboxRecord = Programme | Campaign | CalendarEntry;

/** The draft with the key of its intention where it makes something new: sent twice, it is made once. */
export function withKey(draft: OutboxDraft, newKey: () => string): OutboxDraft {
  switch (draft.action) {
    case 'registerProgramme':
      return { ...draft, input: { clientMutationKey: newKey(), ...draft.input } };
    case 'planCampaign':
      return { ...draft, input: { clientMutationKey: newKey(), ...draft.input } };
    case 'addCalendarEntry':
      return { ...draft, input: { clientMutationKey: newKey(), ...draft.input } };
    case 'reviseProgramme':
    case 'reviseCampaign':
    case 'rescheduleCampaign':
    case 'reviseCalendarEntry':
      return draft;
  }
}

/** Sends a draft. A creation is repeated on bad networks, a change is not: its `expectedVersion` would no longer be the stored one. */
export function sendDraft(calls: Calls, draft: OutboxDraft, options: CallOptions): Promise<OutboxRecord | Problem> {
  switch (draft.action) {
    case 'registerProgramme':
      return calls.create(documents.RegisterProgramme, draft.input, options);
    case 'planCampaign':
      return calls.create(documents.PlanCampaign, draft.input, options);
    case 'addCalendarEntry':
      return calls.create(documents.AddCalendarEntry, draft.input, options);
    case 'reviseProgramme':
      return calls.change(documents.ReviseProgramme, draft.input, options);
    case 'reviseCampaign':
      return calls.change(documents.ReviseCampaign, draft.input, options);
    case 'rescheduleCampaign':
      return calls.change(documents.RescheduleCampaign, draft.input, options);
    case 'reviseCalendarEntry':
      return calls.change(documents.ReviseCalendarEntry, draft.input, options);
  }
}
