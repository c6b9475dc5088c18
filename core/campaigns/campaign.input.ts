import { z } from 'zod';
import { FACT_KINDS, fold, normalizeFact } from './fact.ts';
import { creation, holderFields, languageTag, reason, target, textsByLanguage } from '../footprints/holder.input.ts';
import { calendarDay, daysInput } from '../footprints/stated-footprint.ts';

const factInput = z
  .object({
    kind: z.enum(FACT_KINDS),
    subject: z.string().trim().min(1).max(200),
    value: z.string().trim().min(1).max(500),
    country: z.string().nullish(),
  })
  .transform(({ kind, subject, value, country = null }, context) => {
    const normal = normalizeFact({ kind, value, country });
    if ('key' in normal) return { kind, subject, value, subjectKey: fold(subject), valueKey: normal.key };
    context.addIssue({ code: 'custom', path: ['value'], message: `${normal.wrong}.` });
    return z.NEVER;
  });

const messageInput = z
  .object({
    text: z.string().trim().min(1).max(5_000),
    texts: textsByLanguage.nullish(),
    language: languageTag.nullish(),
    stance: z.string(),
    frame: z.string().nullish(),
    perspective: z.enum(['origin', 'transit', 'destination', 'return']).nullish(),
    audiences: z.array(z.string()).max(50).nullish(),
    source: z.string().trim().max(1_000).nullish(),
    facts: z.array(factInput).max(20).nullish(),
    reviewedOn: calendarDay.nullish(),
    validFrom: calendarDay.nullish(),
    validTo: calendarDay.nullish(),
  })
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, {
    path: ['validTo'],
    message: 'It is before validFrom.',
  });

const campaignFields = holderFields.extend({
  programme: z.string().nullish(),
  objectiveLevel: z.string().nullish(),
  phase: z.string().nullish(),
  messages: z.array(messageInput).max(100).nullish(),
});

export const planCampaignInput = campaignFields.extend(creation.shape);
export const reviseCampaignInput = campaignFields.partial().extend(target.shape);
export const rescheduleCampaignInput = target.extend({ days: daysInput.nullable() });
export const cancelCampaignInput = target.extend({ reason: reason.nullish() });

export type CampaignFields = z.infer<typeof campaignFields>;
