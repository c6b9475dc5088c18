import { epochDay, formatCalendarDate, parseCalendarDate } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { Issue } from '../outcome.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import type { GuidanceChanges } from './guidance.input.ts';

const DAYS_BETWEEN_REVIEWS = 365;

/** The lists of codes that say for whom and what a section holds, beside roles. */
const LISTS = {
  phases: 'phase',
  audiences: 'audience',
  themes: 'theme',
  channels: 'channel',
  objectiveLevels: 'objective_level',
  actorKinds: 'actor_kind',
} as const;
type List = keyof typeof LISTS;

export type CheckedCodes = { readonly step?: string; readonly languages?: readonly string[] } & {
  readonly [K in List]?: readonly string[];
};

/** The codes of an input as they are to be stored, those that it names; a null list becomes an empty one. */
export async function checkCodes(
  work: Work,
  vocabulary: VocabularyService,
  fields: GuidanceChanges,
): Promise<{ readonly codes: CheckedCodes; readonly issues: readonly Issue[] }> {
  const named = Object.entries(LISTS).flatMap(([list, kind]) =>
    (fields[list as List] ?? []).map((code, index) => ({
      kind,
      code,
      of: list,
      path: `input.${list}[${String(index)}]`,
    })),
  );
  const step =
    fields.step === undefined
      ? []
      : [{ kind: 'handbook_step' as const, code: fields.step, of: 'step', path: 'input.step' }];
  const { resolved, issues } = await vocabulary.resolveCodes(work.em, [...step, ...named]);
  const spoken = await vocabulary.resolve(work.em, { languages: fields.languages ?? null }, 'input', {
    readOnly: issues.length > 0,
  });
  const codesOf = (of: string): string[] => [
    ...new Set(resolved.flatMap(({ written, code }) => (written.of === of ? [code] : []))),
  ];
  const lists = Object.keys(LISTS).filter((list) => fields[list as List] !== undefined);
  return {
    issues: [...issues, ...spoken.issues],
    codes: {
      ...(fields.step !== undefined && { step: codesOf('step')[0] ?? fields.step }),
      ...(fields.languages !== undefined && {
        languages: [...new Set((spoken.footprint.languages ?? []).map((tag) => spoken.vocabulary.languageOf(tag)))],
      }),
      ...Object.fromEntries(lists.map((list) => [list, codesOf(list)])),
    },
  };
}

/** Days on which a section was reviewed and is to be reviewed again; without the latter, a year later. */
export function checkReview(
  work: Work,
  reviewedOn: string,
  reviewDueOn: string | null,
): { readonly reviewDueOn: string; readonly issues: readonly Issue[] } {
  const reviewed = parseCalendarDate(reviewedOn);
  if (reviewed === null) throw new Error(`${reviewedOn} was read as a day`);
  const due = reviewDueOn ?? formatCalendarDate(epochDay(reviewed + DAYS_BETWEEN_REVIEWS));
  const issues: Issue[] = [];
  if (reviewed > work.today) issues.push({ path: 'input.reviewedOn', message: `${reviewedOn} has not come yet.` });
  if (due <= reviewedOn)
    issues.push({ path: 'input.reviewDueOn', message: `${due} is not after the last review on ${reviewedOn}.` });
  return { reviewDueOn: due, issues };
}
