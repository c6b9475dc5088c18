import { LockMode } from '@mikro-orm/postgresql';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate } from '../access/viewer.ts';
import type { Target } from '../footprints/holder.input.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import {
  type GuidanceChanges,
  addGuidanceInput,
  reviseGuidanceInput,
  withdrawGuidanceInput,
} from './guidance.input.ts';
import { checkCodes, checkReview } from './guidance.rules.ts';
import { GuidanceSection } from './guidance-section.entity.ts';

const onlyCoordinators = forbidden('Only coordinators edit the guidance.');

/** Keeps the library of guidance. Coordinators edit it; the database keeps every version. */
export class GuidanceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
  ) {}

  /** Adds a section to the library. */
  add(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      if (!mayCurate(viewer)) return onlyCoordinators;
      const parsed = parse(addGuidanceInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { clientMutationKey: key, ...fields } = parsed.value;
      return once(work, { operation: 'addGuidance', key, input: fields }, async () => {
        const { codes, issues } = await checkCodes(work, this.vocabulary, fields);
        const reviewedOn = fields.reviewedOn ?? formatCalendarDate(epochDay(work.today));
        const review = checkReview(work, reviewedOn, fields.reviewDueOn ?? null);
        if (issues.length + review.issues.length > 0) return invalid([...issues, ...review.issues]);
        const id = work.newId('gui');
        work.em.create(GuidanceSection, {
          id,
          step: codes.step ?? fields.step,
          title: fields.title,
          titles: fields.titles ?? {},
          text: fields.text,
          texts: fields.texts ?? {},
          language: fields.language ?? 'en',
          roles: distinct(fields.roles),
          phases: distinct(codes.phases),
          audiences: distinct(codes.audiences),
          themes: distinct(codes.themes),
          channels: distinct(codes.channels),
          languages: distinct(codes.languages),
          objectiveLevels: distinct(codes.objectiveLevels),
          actorKinds: distinct(codes.actorKinds),
          source: fields.source,
          sourceUrl: fields.sourceUrl ?? null,
          reviewedOn,
          reviewDueOn: review.reviewDueOn,
          retiredAt: null,
          reason: fields.reason ?? 'Added.',
          createdAt: work.now,
          updatedAt: work.now,
        });
        await work.em.flush();
        await record(work, 'guidance.added', id);
        return saved(id);
      });
    });
  }

  /** Changes a section; how it was stays among its versions. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(reviseGuidanceInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { reason, ...fields } = parsed.value;
      return this.change(work, fields, 'guidance.revised', async (section) => {
        const { codes, issues } = await checkCodes(work, this.vocabulary, fields);
        const review = reviewOf(work, section, fields);
        if (issues.length + review.issues.length > 0) return invalid([...issues, ...review.issues]);
        rewrite(section, fields);
        const { reviewedOn, reviewDueOn } = review;
        Object.assign(section, codes, { reviewedOn, reviewDueOn, reason });
        return null;
      });
    });
  }

  /** Takes a section out of use: it is given to nobody any more, and stays where it was. */
  retire(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.withdraw(viewer, input, 'guidance.retired', (section, { now }) => {
      if (section.retiredAt) return conflict('The section is retired already.');
      section.retiredAt = now;
      return null;
    });
  }

  /** Takes a retired section back into use. */
  restore(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.withdraw(viewer, input, 'guidance.restored', (section) => {
      if (!section.retiredAt) return conflict('The section is in use.');
      section.retiredAt = null;
      return null;
    });
  }

  private withdraw(
    viewer: Viewer,
    input: unknown,
    action: string,
    body: (section: GuidanceSection, work: Work) => Refused | null,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(withdrawGuidanceInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      return this.change(work, parsed.value, action, (section) => {
        const refused = body(section, work);
        if (refused === null) section.reason = parsed.value.reason;
        return refused;
      });
    });
  }

  /** One change of one stored section: found, compared with the expected version, changed, recorded. */
  private async change(
    work: Work,
    target: Target,
    action: string,
    body: (section: GuidanceSection) => Refused | null | Promise<Refused | null>,
  ): Promise<Outcome> {
    const { id, expectedVersion } = target;
    if (!(await work.em.findOne(GuidanceSection, { id }))) return notFound(id);
    if (!mayCurate(work.viewer)) return onlyCoordinators;
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const section = await work.em.findOneOrFail(GuidanceSection, { id }, lock);
    if (section.version !== expectedVersion) return stale(expectedVersion, section.version);
    const refused = await body(section);
    if (refused) {
      work.em.clear();
      return refused;
    }
    section.updatedAt = work.now;
    await work.em.flush();
    await record(work, action, id);
    return saved(id);
  }
}

/** A review that was made anew is due again after a year, unless the change says when. */
function reviewOf(work: Work, section: GuidanceSection, { reviewedOn, reviewDueOn }: GuidanceChanges) {
  const on = reviewedOn ?? section.reviewedOn;
  const due = reviewDueOn ?? (on === section.reviewedOn ? section.reviewDueOn : null);
  return { reviewedOn: on, ...checkReview(work, on, due) };
}

/** Changes what a section says; its codes are checked elsewhere. What is absent stays, null clears. */
function rewrite(section: GuidanceSection, fields: GuidanceChanges): void {
  if (fields.title !== undefined) section.title = fields.title;
  if (fields.titles !== undefined) section.titles = fields.titles ?? {};
  if (fields.text !== undefined) section.text = fields.text;
  if (fields.texts !== undefined) section.texts = fields.texts ?? {};
  if (fields.language) section.language = fields.language;
  if (fields.roles !== undefined) section.roles = distinct(fields.roles);
  if (fields.source !== undefined) section.source = fields.source;
  if (fields.sourceUrl !== undefined) section.sourceUrl = fields.sourceUrl ?? null;
}

function distinct<T>(values: readonly T[] | null | undefined): T[] {
  return [...new Set(values ?? [])];
}
