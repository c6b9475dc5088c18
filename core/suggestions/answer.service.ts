import { record } from '../access/audit.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayAnswer } from '../access/viewer.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { parse } from '../parse.ts';
import {
  type Asked,
  type Choice,
  findAsked,
  insertAnswer,
  type StandingAnswer,
  takeAnswer,
  withdrawAnswer,
} from './answer.rows.ts';
import { answerInput } from './suggestion.input.ts';

/**
 * What actors answer to suggestions, in private: an answer changes nothing of the suggestion, and audit and event are the same
 * whatever it says. Who is revealed to whom because of it is for the worker; see revealing.service.ts.
 */
export class AnswerService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Endorses the present version of an open suggestion. */
  endorse(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.about(viewer, input, (work, asked) => this.give(work, asked, 'endorse'));
  }

  /** Declines the present version of an open suggestion; an endorsement of it is thereby withdrawn. */
  decline(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.about(viewer, input, (work, asked) => this.give(work, asked, 'decline'));
  }

  /** Takes back what the viewer's actor answered, to whatever version. */
  withdraw(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.about(viewer, input, async (work, { id, standing }) => {
      if (standing === null) return conflict('There is no answer of yours to withdraw.');
      await withdrawAnswer(work, standing.id);
      await record(work, 'answer.withdrawn', standing.id);
      await append(work.em, { kind: 'answer.given', suggestionId: id });
      return saved(id);
    });
  }

  /** Repeating an answer that stands changes nothing. */
  private async give(work: Work, { id, status, version, standing }: Question, choice: Choice): Promise<Outcome> {
    if (status !== 'OPEN') return conflict(`Only an open suggestion can be answered; this one is ${status}.`);
    if (standing?.choice === choice && standing.version === version) return saved(id);
    if (standing !== null) await withdrawAnswer(work, standing.id);
    const answerId = work.newId('ans');
    await insertAnswer(work, { id: answerId, suggestionId: id, version, choice });
    await record(work, 'answer.given', answerId);
    await append(work.em, { kind: 'answer.given', suggestionId: id });
    return saved(id);
  }

  /** Lets those who may answer do so, once what they know of the suggestion is what it is. */
  private about(
    viewer: Viewer,
    input: unknown,
    body: (work: Work, question: Question) => Promise<Outcome>,
  ): Promise<Outcome> {
    const parsed = parse(answerInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion } = parsed.value;
    return this.unitOfWork.run(viewer, async (work) => {
      const asked = await findAsked(work, id);
      if (asked === null) return notFound(id);
      const refused = refusalOf(viewer, asked, expectedVersion);
      return refused ?? body(work, { ...asked, id, standing: await takeAnswer(work, id) });
    });
  }
}

interface Question extends Asked {
  readonly id: string;
  readonly standing: StandingAnswer | null;
}

function refusalOf(viewer: Viewer, { takesPart, version }: Asked, expectedVersion: number): Refused | null {
  if (!mayAnswer(viewer) || !takesPart)
    return forbidden('Only editors and planners of its participants may answer a suggestion.');
  return version === expectedVersion ? null : stale(expectedVersion, version);
}
