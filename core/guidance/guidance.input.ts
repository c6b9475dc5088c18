import { z } from 'zod';
import { languageTag, reason, shortText, target, textsByLanguage } from '../footprints/holder.input.ts';
import { calendarDay } from '../footprints/stated-footprint.ts';

const codes = z.array(z.string()).max(100).nullish();

const guidanceFields = z.object({
  step: z.string(),
  title: z.string().trim().min(1).max(120),
  titles: textsByLanguage.nullish(),
  text: z.string().trim().min(1).max(5_000),
  texts: textsByLanguage.nullish(),
  language: languageTag.nullish(),
  roles: z
    .array(z.enum(['origin', 'transit', 'destination', 'return']))
    .max(4)
    .nullish(),
  phases: codes,
  audiences: codes,
  themes: codes,
  channels: codes,
  languages: codes,
  objectiveLevels: codes,
  actorKinds: codes,
  source: shortText,
  sourceUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullish(),
  reviewedOn: calendarDay.nullish(),
  reviewDueOn: calendarDay.nullish(),
});

export const addGuidanceInput = guidanceFields.extend({
  reason: reason.nullish(),
  clientMutationKey: z.string().min(1).max(200).nullish(),
});
export const reviseGuidanceInput = guidanceFields.partial().extend({ ...target.shape, reason });
/** Taking a section out of use, and back. */
export const withdrawGuidanceInput = target.extend({ reason });

export type GuidanceFields = z.infer<typeof guidanceFields>;
/** The same in a change: what is absent stays. */
export type GuidanceChanges = { readonly [K in keyof GuidanceFields]?: GuidanceFields[K] | undefined };
