import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Outcome, conflict, invalid, notFound, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import { actingPart, decide } from './decisions.ts';
import { draftMessageInput, jointTarget, reviewMessageInput, reviseMessageInput } from './joint-campaign.input.ts';
import type { Joint } from './joint-campaign.rows.ts';
import { findMessage, insertMessage, reviewMessage, rewriteMessage, type StoredMessage } from './message.rows.ts';
import { attempt, onJointOf, onPart, whoIn } from './standing.ts';
import { MESSAGE_MOVES, type MessageMove, type MessageState, move } from './states.ts';
import { todayOf } from './window.ts';

/** The messages of a joint campaign by perspective and language: one part proposes, another one reviews. */
export class MessageService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Proposes a message as a part of the viewer's own. */
  draft(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(draftMessageInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { clientMutationKey: key, ...fields } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      once(work, { operation: 'draftJointMessage', key, input: fields }, () =>
        onPart(work, { id: fields.part }, 'draftMessage', async (joint, part) => {
          const { perspective, language, text, source, validTo } = fields;
          const message = { perspective, language, text, source: source ?? '', validTo: validTo ?? null };
          const id = await insertMessage(work, joint.id, part.id, message);
          await decide(work, joint, { code: 'MESSAGE_PROPOSED', parameters: { MESSAGE: id }, partId: part.id });
          return saved(id);
        }),
      ),
    );
  }

  /** Changes a message of the viewer's own, which then is to be reviewed anew. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseMessageInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.move(viewer, parsed.value, 'revise', async ({ work, joint, message }, state) => {
      await rewriteMessage(work, parsed.value.id, { ...parsed.value, state });
      const parameters = { MESSAGE: parsed.value.id };
      await decide(work, joint, { code: 'MESSAGE_REVISED', parameters, partId: message.partId });
      return saved(parsed.value.id);
    });
  }

  /** Approves what another part proposed, or returns it with a note. Nobody reviews its own. */
  review(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(reviewMessageInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, verdict, note } = parsed.value;
    return this.move(viewer, parsed.value, verdict, async ({ work, joint, message }, state) => {
      const today = todayOf(work);
      if (verdict === 'approve' && message.validTo !== null && message.validTo < today)
        return conflict(`It was valid until ${message.validTo}: its author says anew until when, or what is true now.`);
      await reviewMessage(work, id, { state, by: actingPart(joint), note: note ?? null });
      const code = verdict === 'approve' ? 'MESSAGE_APPROVED' : 'MESSAGE_RETURNED';
      await decide(work, joint, { code, parameters: { MESSAGE: id } });
      return saved(id);
    });
  }

  /** Takes back a message of the viewer's own. */
  withdraw(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(jointTarget, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id } = parsed.value;
    return this.move(viewer, parsed.value, 'withdraw', async ({ work, joint, message }, state) => {
      await rewriteMessage(work, id, { state });
      await decide(work, joint, { code: 'MESSAGE_WITHDRAWN', parameters: { MESSAGE: id }, partId: message.partId });
      return saved(id);
    });
  }

  private move(
    viewer: Viewer,
    target: { readonly id: string; readonly expectedVersion: number },
    name: MessageMove,
    body: (found: Found, state: MessageState) => Promise<Outcome>,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) =>
      onJointOf(work, 'joint_message', target.id, async (joint) => {
        const message = await findMessage(work, target.id);
        if (message === null) return notFound(target.id);
        const who = whoIn(joint);
        const isOwn = joint.parts.some((part) => part.mine && part.id === message.partId);
        if (who.has('member')) who.add(isOwn ? 'owner' : 'reviewer');
        const standing = { state: message.state, around: joint.state, who };
        const moved = attempt(
          move(MESSAGE_MOVES, name, 'The message', standing),
          target.expectedVersion,
          message.version,
        );
        return moved.kind === 'moved' ? body({ work, joint, message }, moved.to) : moved;
      }),
    );
  }
}

interface Found {
  readonly work: Work;
  readonly joint: Joint;
  readonly message: StoredMessage;
}
