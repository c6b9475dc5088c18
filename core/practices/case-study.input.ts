import { z } from 'zod';
import { creation, longText, shortText, target } from '../footprints/holder.input.ts';
import { calendarDay } from '../footprints/stated-footprint.ts';
import { httpsAddress } from '../https-address.ts';

const EVIDENCE_KINDS = ['evaluation', 'survey', 'administrative_data', 'testimony', 'media_report', 'other'] as const;

const codes = z.array(z.string()).max(300).nullish();

const caseStudyFields = z.object({
  title: shortText,
  summary: z.string().trim().max(2_000).nullish(),
  done: longText.nullish(),
  achieved: longText.nullish(),
  conditions: longText.nullish(),
  evidence: z
    .array(
      z.object({
        kind: z.enum(EVIDENCE_KINDS),
        statement: z.string().trim().min(1).max(2_000),
        source: shortText,
        link: httpsAddress.nullish(),
        publishedOn: calendarDay.nullish(),
      }),
    )
    .max(30)
    .nullish(),
  programme: z.string().nullish(),
  campaign: z.string().nullish(),
  places: codes,
  corridors: codes,
  audiences: codes,
  themes: codes,
  channels: codes,
  languages: codes,
  objectiveLevel: z.string().nullish(),
  visibility: z.enum(['public', 'members']).nullish(),
  illustrative: z.boolean().nullish(),
  source: z.string().trim().max(1_000).nullish(),
});

/** What the owner says beside what is known already where a case study is published at once. */
export const publishedFields = caseStudyFields
  .pick({
    title: true,
    evidence: true,
    channels: true,
    languages: true,
    objectiveLevel: true,
    visibility: true,
    illustrative: true,
  })
  .extend({ summary: z.string().trim().min(1).max(2_000), done: z.string().trim().min(1).max(20_000) });

export const draftCaseStudyInput = caseStudyFields.extend(creation.shape);
export const reviseCaseStudyInput = caseStudyFields.partial().extend(target.shape);
export const featureCaseStudyInput = target.extend({ featured: z.boolean() });

export type PublishedFields = z.infer<typeof publishedFields>;
export type CaseStudyFields = z.infer<typeof caseStudyFields>;
/** The same in a change: what is absent stays, null clears. */
export type CaseStudyChanges = { readonly [K in keyof CaseStudyFields]?: CaseStudyFields[K] | undefined };
