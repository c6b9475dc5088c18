import { z } from 'zod';
import { languageTag, longText, reason, shortText, target } from '../footprints/holder.input.ts';
import { calendarDay } from '../footprints/stated-footprint.ts';
import { publishedFields } from '../practices/case-study.input.ts';
import { TASK_PHASES } from './task-templates.ts';

/** A window has an end: who takes part says when. */
const window = z.object({ start: calendarDay, end: calendarDay.nullish() }).transform(({ start, end }, context) => {
  if (typeof end === 'string' && start <= end) return { start, end };
  const message = end ? `${end} is before the start ${start}.` : 'A joint campaign ends: give its last day.';
  context.addIssue({ code: 'custom', path: ['end'], message });
  return z.NEVER;
});
const clientMutationKey = z.string().min(1).max(200).nullish();
const seats = z.array(z.number().int().positive()).max(50);
const languages = z.array(languageTag).max(60);
const confirmation = z.object({
  campaign: z.string(),
  windowVersion: z.number().int(),
  entryName: shortText.nullish(),
});

export const startInput = z.object({
  suggestion: z.string(),
  expectedVersion: z.number().int(),
  name: shortText,
  description: longText.nullish(),
  window: window.nullish(),
  lead: z.string().nullish(),
  alsoInvite: seats.nullish(),
  clientMutationKey,
});
export const inviteInput = target.extend({ participants: seats.min(1) });
export const reviseJointInput = target.extend({
  name: shortText.nullish(),
  description: longText.nullish(),
  window: window.nullish(),
  lead: z.string().nullish(),
  required: z
    .array(z.object({ part: z.string(), required: z.boolean() }))
    .max(100)
    .nullish(),
});
export const jointTarget = target;
export const cancelJointInput = target.extend({ reason: reason.nullish() });

export const respondInput = z
  .object({
    part: z.string(),
    expectedVersion: z.number().int(),
    answer: z.enum(['accept', 'decline', 'propose_dates']),
    reason: reason.nullish(),
    days: window.nullish(),
    contribution: longText.nullish(),
    languages: languages.nullish(),
    confirm: confirmation.nullish(),
    sharesWithCoordinators: z.boolean().nullish(),
  })
  .refine(({ answer, days }) => answer !== 'propose_dates' || days, {
    path: ['days'],
    message: 'Say which other dates.',
  });
const partTarget = z.object({ part: z.string(), expectedVersion: z.number().int() });
export const confirmInput = partTarget.extend(confirmation.shape);
export const revisePartInput = partTarget.extend({
  contribution: longText.nullish(),
  languages: languages.nullish(),
  sharesWithCoordinators: z.boolean().nullish(),
});
export const withdrawInput = partTarget;

export const addTaskInput = z.object({
  part: z.string(),
  title: shortText,
  phase: z.enum(TASK_PHASES),
  dueFrom: z.enum(['start', 'end']).nullish(),
  dueAfterDays: z.number().int().min(-366).max(366),
  required: z.boolean().nullish(),
  clientMutationKey,
});
export const settleTaskInput = target.extend({ state: z.enum(['open', 'done', 'dropped']) });

const messageText = z.string().trim().min(1).max(5_000);
const messageSource = z.string().trim().max(1_000);
export const draftMessageInput = z.object({
  part: z.string(),
  perspective: z.enum(['origin', 'transit', 'destination', 'return']),
  language: languageTag,
  text: messageText,
  source: messageSource.nullish(),
  validTo: calendarDay.nullish(),
  clientMutationKey,
});
export const reviseMessageInput = target.extend({
  text: messageText.nullish(),
  source: messageSource.nullish(),
  validTo: calendarDay.nullish(),
});
export const reviewMessageInput = target.extend({ verdict: z.enum(['approve', 'return']), note: reason.nullish() });

const said = {
  achieved: z.string().trim().min(1).max(20_000),
  learnt: longText.nullish(),
  reached: z.number().int().min(0).max(2_000_000_000).nullish(),
  reachMethod: z.string().trim().max(1_000).nullish(),
  evidence: z
    .array(z.url({ protocol: /^https?$/ }).max(2_000))
    .max(50)
    .nullish(),
};
export const recordOutcomeInput = z.object({
  jointCampaign: z.string(),
  expectedVersion: z.number().int().nullish(),
  ...said,
});
export const consentInput = target.extend({ publish: z.boolean() });
export const publishInput = publishedFields.extend({
  outcome: z.string(),
  expectedVersion: z.number().int(),
  clientMutationKey,
});

export type Confirmation = z.infer<typeof confirmation>;
export type Said = z.infer<typeof recordOutcomeInput>;
