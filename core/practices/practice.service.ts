import { sql } from 'kysely';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import { chargeProbe } from '../access/probe-budget.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate } from '../access/viewer.ts';
import { announce } from '../footprints/announce.ts';
import { type Target, target } from '../footprints/holder.input.ts';
import { chooseOwner } from '../footprints/holder.rules.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import {
  draftCaseStudyInput,
  featureCaseStudyInput,
  type PublishedFields,
  reviseCaseStudyInput,
} from './case-study.input.ts';
import {
  findCaseStudy,
  insertDraft,
  replaceEvidence,
  type StoredCaseStudy,
  updateFate,
  updateText,
} from './case-study.rows.ts';
import { EMPTY, bearsOnMatching, lacking, rewrite } from './case-study.text.ts';

/** What a joint effort came to, and what its owner says of it for others. */
export interface Achievement extends Partial<PublishedFields> {
  /** Whose case study it becomes; the viewer must act for it. */
  readonly ownerId: string;
  readonly title: string;
  readonly done: string;
  readonly achieved: string;
  /** What others need to know who try the same. */
  readonly learnt: string;
  readonly places?: readonly string[];
  readonly corridors?: readonly string[];
  readonly audiences?: readonly string[];
  readonly themes?: readonly string[];
}

/** Keeps case studies: drafts are their owner's alone, what is published may be suggested to others to replicate. */
export class PracticeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
  ) {}

  /** Begins a case study that its owner's people alone see. */
  draft(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.draftIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async draftIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(draftCaseStudyInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...fields } = parsed.value;
    return once(work, { operation: 'draftCaseStudy', key, input: fields }, async () => {
      const owner = await chooseOwner(work, fields.owner, null);
      if (owner.kind !== 'chosen') return owner;
      if (!isOf(work.viewer, owner.ownerId)) return onlyOwner;
      const written = await rewrite(work, this.vocabulary, EMPTY, fields);
      if (written.kind !== 'rewritten') return written;
      const id = work.newId('cas');
      await insertDraft(work, id, owner.ownerId, written.text);
      await replaceEvidence(work, id, fields.evidence);
      await record(work, 'case-study.drafted', id);
      return saved(id);
    });
  }

  /** Publishes what a joint effort came to, in the transaction of whoever found that it may be. Refused, nothing is written. */
  async publishFrom(work: Work, achievement: Achievement & PublishedFields): Promise<Outcome> {
    const { ownerId } = achievement;
    if (!isEditorOf(work.viewer, ownerId)) return onlyEditors;
    const hidden = await reasonToHide(work, ownerId);
    if (hidden !== null) return conflict(hidden);
    const probing = await chargeProbe(work);
    if (probing) return probing;
    const drafted = await this.draftFrom(work, achievement);
    if (drafted.kind !== 'saved') return drafted;
    await updateFate(work, { id: drafted.id, version: 1 }, 'published');
    announce(work, [drafted.id]);
    await record(work, 'case-study.published', drafted.id);
    return drafted;
  }

  /** Makes a draft of what a joint effort came to, in the transaction of whoever found that it may be told. */
  draftFrom(work: Work, { ownerId, learnt, ...achievement }: Achievement): Promise<Outcome> {
    return this.draftIn(work, { ...achievement, owner: ownerId, conditions: learnt });
  }

  /** Changes what a case study says. Once it is published, its owner's editors do. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.reviseIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async reviseIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseCaseStudyInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const changes = parsed.value;
    return this.change(work, changes, 'case-study.revised', async (study) => {
      const published = study.status === 'published';
      if (published && !isEditorOf(work.viewer, study.ownerId)) return onlyEditors;
      const matched = published && bearsOnMatching(changes);
      const probing = matched ? await chargeProbe(work) : null;
      if (probing) return probing;
      const written = await rewrite(work, this.vocabulary, study.text, changes);
      if (written.kind !== 'rewritten') return written;
      const missing = published ? lacking(written.text) : null;
      if (missing !== null) return conflict(missing);
      if (!(await updateText(work, study, written.text))) return overtaken(work, study);
      await replaceEvidence(work, study.id, changes.evidence);
      if (published) announce(work, [study.id]);
      return null;
    });
  }

  /** Shows a case study to those for whom it is. From now on it may be suggested. */
  publish(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.publishIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async publishIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(target, input);
    if (!parsed.ok) return invalid(parsed.issues);
    return this.change(work, parsed.value, 'case-study.published', async (study) => {
      if (!isEditorOf(work.viewer, study.ownerId)) return onlyEditors;
      if (study.status === 'published') return conflict('The case study is published already.');
      const missing = lacking(study.text) ?? (await reasonToHide(work, study.ownerId));
      if (missing !== null) return conflict(missing);
      const probing = await chargeProbe(work);
      if (probing) return probing;
      if (!(await updateFate(work, study, 'published'))) return overtaken(work, study);
      announce(work, [study.id]);
      return null;
    });
  }

  /** Takes a case study back for good; nobody but its owner sees it any more, and nothing suggests it. */
  withdraw(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(target, input);
      if (!parsed.ok) return invalid(parsed.issues);
      return this.change(work, parsed.value, 'case-study.withdrawn', async (study) => {
        if (!isEditorOf(work.viewer, study.ownerId)) return onlyEditors;
        if (!(await updateFate(work, study, 'withdrawn'))) return overtaken(work, study);
        if (study.status === 'published') announce(work, [study.id]);
        return null;
      });
    });
  }

  /** A coordinator recommends a published case study, or no longer. */
  feature(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(featureCaseStudyInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { id, expectedVersion, featured } = parsed.value;
      const study = await findCaseStudy(work, id);
      if (!study) return notFound(id);
      if (!mayCurate(viewer)) return forbidden('Only coordinators feature case studies.');
      if (study.version !== expectedVersion) return stale(expectedVersion, study.version);
      if (study.status !== 'published') return conflict('Only a published case study is featured.');
      if (!(await updateFate(work, study, featured ? 'featured' : 'not-featured'))) return overtaken(work, study);
      await record(work, featured ? 'case-study.featured' : 'case-study.no-longer-featured', id);
      return saved(id);
    });
  }

  /** One change by somebody who acts for its owner. */
  private async change(
    work: Work,
    { id, expectedVersion }: Target,
    action: string,
    body: (study: StoredCaseStudy) => Promise<Refused | null>,
  ): Promise<Outcome> {
    const study = await findCaseStudy(work, id);
    if (!study) return notFound(id);
    if (!isOf(work.viewer, study.ownerId)) return onlyOwner;
    if (study.version !== expectedVersion) return stale(expectedVersion, study.version);
    if (study.status === 'withdrawn') return conflict('The case study was withdrawn: it does not change any more.');
    const refused = await body(study);
    if (refused) return refused;
    await record(work, action, id);
    return saved(id);
  }
}

const onlyOwner = forbidden('Only its owner writes a case study, and nobody for it.');
const onlyEditors = forbidden(
  'Only editors of its owner publish a case study, change a published one, or withdraw it.',
);

/** Coordinators do not: what an actor tells of its own work is its own. */
function isOf(viewer: Viewer, ownerId: string): boolean {
  if (viewer.role === 'operator') return true;
  return (viewer.role === 'editor' || viewer.role === 'planner') && viewer.actorId === ownerId;
}

function isEditorOf(viewer: Viewer, ownerId: string): boolean {
  return viewer.role !== 'planner' && isOf(viewer, ownerId);
}

/** Why nobody would see it, or null. No record shows an owner who would not be seen otherwise. */
async function reasonToHide({ em }: Work, ownerId: string): Promise<string | null> {
  const { rows } = await sql`select from actor where id = ${ownerId} and visibility = 'partners'`.execute(
    em.getKysely(),
  );
  return rows.length === 0
    ? null
    : 'Its owner is shown to its partners only, and so would this be: make the actor visible to MEMBERS first.';
}

/** Somebody else was faster. */
async function overtaken(work: Work, { id, version }: StoredCaseStudy): Promise<Refused> {
  const now = await findCaseStudy(work, id);
  return now ? stale(version, now.version) : notFound(id);
}
