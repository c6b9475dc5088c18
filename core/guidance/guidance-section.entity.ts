import { defineEntity, p } from '@mikro-orm/postgresql';
import type { CountryRole } from '../../engine/index.ts';

/** A piece of advice, and for whom it holds. Who changed it is signed by the database, which also keeps each version. */
const GuidanceSectionSchema = defineEntity({
  name: 'GuidanceSection',
  tableName: 'guidance_section',
  properties: {
    id: p.text().primary(),
    /** Of the handbook. */
    step: p.text(),
    title: p.text(),
    titles: p.json<Record<string, string>>(),
    /** Markdown. */
    text: p.text(),
    texts: p.json<Record<string, string>>(),
    /** Of title and text, BCP 47. */
    language: p.text(),
    roles: p.array<CountryRole>(),
    phases: p.array<string>(),
    audiences: p.array<string>(),
    themes: p.array<string>(),
    channels: p.array<string>(),
    /** That the audience speaks: primary subtags. */
    languages: p.array<string>(),
    objectiveLevels: p.array<string>(),
    actorKinds: p.array<string>(),
    source: p.text(),
    sourceUrl: p.text().nullable(),
    reviewedOn: p.date(),
    reviewDueOn: p.date(),
    retiredAt: p.datetime().nullable(),
    /** Why it is as it is since this version. */
    reason: p.text(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export class GuidanceSection extends GuidanceSectionSchema.class {}
GuidanceSectionSchema.setClass(GuidanceSection);
