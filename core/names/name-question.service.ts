import { sql } from 'kysely';
import { z } from 'zod';
import { record } from '../access/audit.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate } from '../access/viewer.ts';
import { type Outcome, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import { type AskedName, decideQuestion, putQuestions, takeQuestion } from './name-question.rows.ts';

const refuseInput = z.object({ id: z.string(), expectedVersion: z.number().int() });
const confirmInput = refuseInput.extend({ actor: z.string() });

/** Has people decide what files mean by a name, and remembers it: the next file of the same party is read by it. */
export class NameQuestionService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Puts the doubtful names of a file into the queue of the viewer's party, inside the transaction that takes the file over.
   * @param source the file, as its sender knows it
   * @returns how many wait that did not before
   */
  askIn(work: Work, names: readonly AskedName[], source: string | null): Promise<number> {
    return names.length === 0 ? Promise.resolve(0) : putQuestions(work, names, source);
  }

  /** Says that a name means an actor: one of the candidates, or another that the viewer may see. Also when it was decided otherwise before. */
  confirm(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(confirmInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { actor } = parsed.value;
    return this.decide(viewer, parsed.value, async (work, id) => {
      if (!(await isThere(work, actor))) return notFound(actor);
      await decideQuestion(work, id, actor);
      await record(work, 'name.confirmed', id, { actor });
      return saved(id);
    });
  }

  /** Says that a name means none of the candidates; they are not proposed for it again. */
  refuse(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(refuseInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.decide(viewer, parsed.value, async (work, id) => {
      await decideQuestion(work, id, null);
      await record(work, 'name.refused', id);
      return saved(id);
    });
  }

  private decide(
    viewer: Viewer,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number },
    body: (work: Work, id: string) => Promise<Outcome>,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const seen = await sql`select from name_question where id = ${id}`.execute(work.em.getKysely());
      if (seen.rows.length === 0) return notFound(id);
      if (!mayCurate(viewer) && viewer.role !== 'editor' && viewer.role !== 'planner')
        return forbidden('Only editors and planners of the actor that asks decide what its files mean.');
      const stored = await takeQuestion(work, id);
      if (stored === null) return notFound(id);
      return stored.version === expectedVersion ? body(work, id) : stale(expectedVersion, stored.version);
    });
  }
}

async function isThere({ em }: Work, actorId: string): Promise<boolean> {
  const { rows } = await sql`select from actor where id = ${actorId} and merged_into_id is null`.execute(
    em.getKysely(),
  );
  return rows.length > 0;
}
