import { z } from 'zod';
import { MATCHING_LEVELS, PLACE_PRECISIONS, VISIBILITIES } from '../access/release.ts';
import { canonicalTag } from '../vocabulary/language.ts';
import { footprintInput } from './stated-footprint.ts';

export const shortText = z.string().trim().min(1).max(300);
export const longText = z.string().trim().max(20_000);
export const reason = z.string().trim().min(1).max(1_000);

/** A BCP 47 tag in its canonical form. */
export const languageTag = z
  .string()
  .max(100)
  .transform((text, context) => {
    const tag = canonicalTag(text);
    if (tag !== null) return tag;
    context.addIssue({ code: 'custom', message: `"${text}" is no BCP 47 language tag such as bn or zh-Hant.` });
    return z.NEVER;
  });

/** Variants of a text, as stored: by canonical language tag. Given twice, a language is an issue. */
export const textsByLanguage = z
  .array(z.object({ language: languageTag, text: z.string().trim().min(1).max(20_000) }))
  .max(60)
  .transform((texts, context) => {
    const byLanguage = new Map(texts.map(({ language, text }) => [language, text]));
    texts.forEach(({ language }, index) => {
      if (texts.findIndex((other) => other.language === language) === index) return;
      context.addIssue({ code: 'custom', path: [index, 'language'], message: `${language} is given twice.` });
    });
    return Object.fromEntries(byLanguage);
  });

/** What a caller may say about any programme, campaign or calendar entry. */
export const holderFields = z.object({
  name: shortText,
  names: textsByLanguage.nullish(),
  description: longText.nullish(),
  descriptions: textsByLanguage.nullish(),
  footprint: footprintInput.nullish(),
  identifier: z.object({ scheme: shortText, value: shortText }).nullish(),
  illustrative: z.boolean().nullish(),
  source: z.string().trim().max(1_000).nullish(),
  release: z
    .object({
      visibility: z.enum(VISIBILITIES).nullish(),
      matching: z.enum(MATCHING_LEVELS).nullish(),
      placePrecision: z.enum(PLACE_PRECISIONS).nullish(),
    })
    .nullish(),
  exclude: z
    .object({
      actors: z.array(z.string()).max(100).nullish(),
      actorKinds: z.array(z.string()).max(50).nullish(),
      countries: z
        .array(z.string().regex(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2'))
        .max(250)
        .nullish(),
    })
    .nullish(),
  namedReaders: z.array(z.string()).max(100).nullish(),
});

/** Which record, and the version of it that the caller has seen. */
export const target = z.object({ id: z.string(), expectedVersion: z.number().int() });

/** What comes with every creation. */
export const creation = z.object({
  /** Default: see `chooseOwner`. */
  owner: z.string().nullish(),
  clientMutationKey: z.string().min(1).max(200).nullish(),
});

export type HolderFields = z.infer<typeof holderFields>;
/** The same in a change: what is absent stays. */
export type HolderChanges = { readonly [K in keyof HolderFields]?: HolderFields[K] | undefined };
export type Target = z.infer<typeof target>;
