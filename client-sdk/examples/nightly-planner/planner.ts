import { type Concord, isProblem, type JointCampaign, type OverlapPreview, type Suggestion } from '@concord/client-sdk';
import type { Draft } from './draft.ts';

/** What the planners read in the morning. */
export interface Night {
  /** Whom the draft would meet, the strongest first, and what both share. */
  readonly partners: readonly { readonly who: string; readonly strength: number; readonly why: string }[];
  /** When it could run, the best first. */
  readonly dates: readonly { readonly start: string; readonly end: string; readonly why: string }[];
  /** Suggestions that wait for a person of the ministry: to endorse is a promise, which no program makes. */
  readonly toDecide: readonly Suggestion[];
  /** Joint campaigns begun this night, from suggestions on which the ministry and others agreed. */
  readonly started: readonly JointCampaign[];
}

/** One night. However often it runs, each suggestion becomes one joint campaign. */
export async function planTonight(hub: Concord, draft: Draft): Promise<Night> {
  const { footprint, between, lengthDays } = draft;
  // Nothing of the draft is written, so nobody learns of it.
  const previews = await hub.preview(footprint);
  const proposals = await hub.proposeDates({ footprint, between, lengthDays });

  const toDecide: Suggestion[] = [];
  const started: JointCampaign[] = [];
  for await (const suggestion of suggestionsAbout(hub, draft)) {
    if (suggestion.status === 'AGREED') {
      const joint = await startFrom(hub, suggestion, draft);
      if (joint) started.push(joint);
    } else if (suggestion.myAnswer === null) {
      toDecide.push(suggestion);
    }
  }
  return {
    partners: previews.map((preview) => ({
      who: nameOf(preview.other),
      strength: preview.strength,
      why: preview.explanation,
    })),
    dates: proposals.map(({ window, explanation }) => ({
      start: window.start,
      end: window.end ?? window.start,
      why: explanation,
    })),
    toDecide,
    started,
  };
}

/** Joint campaigns suggested to the ministry on a corridor of the draft, to one of its audiences, about one of its themes. */
async function* suggestionsAbout(hub: Concord, { footprint }: Draft): AsyncGenerator<Suggestion, void, undefined> {
  for (const corridor of footprint.corridors) {
    const filter = { corridor, kinds: ['JOINT_CAMPAIGN'], statuses: ['OPEN', 'AGREED'], addressedToMe: true } as const;
    for await (const suggestion of hub.suggestions.list({ filter })) {
      const isAboutDraft =
        suggestion.themes.some(({ code }) => footprint.themes.includes(code)) &&
        suggestion.audiences.some(({ code }) => footprint.audiences.includes(code));
      if (isAboutDraft) yield suggestion;
    }
  }
}

/** Begins it in the best window for all who take part. Null: one of them was faster, this night or before. */
async function startFrom(hub: Concord, suggestion: Suggestion, draft: Draft): Promise<JointCampaign | null> {
  const { id, version } = suggestion;
  const [best] = await hub.proposeDates({ of: id, between: draft.between, lengthDays: draft.lengthDays });
  const result = await hub.jointCampaigns.tryStart({
    suggestion: id,
    expectedVersion: version,
    name: draft.name,
    ...(best && { window: { start: best.window.start, end: best.window.end ?? best.window.start } }),
  });
  if (!isProblem(result)) return result;
  // It was begun already, or has become another one since it was read: tomorrow is another night.
  if (result.__typename === 'Conflict' || result.__typename === 'StaleVersion') return null;
  throw new Error(`${suggestion.title}: ${result.message}`);
}

/** Some others are found without being shown: who they are, they tell once both sides want to. */
function nameOf({ actor, subject }: OverlapPreview['other']): string {
  const name = actor?.name ?? 'somebody who is not shown';
  return subject ? `${name} (${subject.name})` : name;
}
