import type { UnitOfWork } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Outcome, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import { actingPart, decide } from './decisions.ts';
import { consentInput, recordOutcomeInput } from './joint-campaign.input.ts';
import { findOutcome, findOwnOutcome, writeConsent, writeOutcome } from './outcome.rows.ts';
import { attempt, onJoint, onJointOf, whoIn } from './standing.ts';
import { JOINT_MOVES, move } from './states.ts';
import { todayOf } from './window.ts';

/** What came of joint campaigns, and who agrees that others read it. */
export class OutcomeService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Records what came of a joint campaign as the viewer's actor sees it, once its window has passed or it is completed; again, with
   * the version that was read, to correct it. Whoever records it agrees to its being published, all others are asked anew.
   */
  record(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(recordOutcomeInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { jointCampaign, expectedVersion } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      onJoint(work, jointCampaign, async (joint) => {
        const earlier = await findOwnOutcome(work, joint.id);
        const standing = { state: joint.state, around: null, who: whoIn(joint) };
        const stored = earlier?.version ?? 0;
        const moved = attempt(move(JOINT_MOVES, 'recordOutcome', 'It', standing), expectedVersion ?? 0, stored);
        if (moved.kind !== 'moved') return moved;
        const today = todayOf(work);
        if (joint.state === 'active' && joint.endsOn >= today)
          return conflict(`It goes on until ${joint.endsOn}: record what came of it then, or once it is completed.`);
        const partId = actingPart(joint);
        const id = earlier?.id ?? work.newId('jou');
        const outcome = await writeOutcome(work, { id, jointId: joint.id, partId, said: parsed.value });
        await writeConsent(work, { outcome, jointId: joint.id, partId, publish: true });
        await decide(work, joint, { code: 'OUTCOME_RECORDED', parameters: { OUTCOME: id, VERSION: outcome.version } });
        return saved(id);
      }),
    );
  }

  /** Agrees to an outcome being published as it stands, or takes that back. It is published only when all members agree. */
  consent(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(consentInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion, publish } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      onJointOf(work, 'joint_outcome', id, async (joint) => {
        const outcome = await findOutcome(work, id);
        if (outcome === null) return notFound(id);
        if (!whoIn(joint).has('member')) return forbidden('Only those whose part is accepted agree to it.');
        if (outcome.version !== expectedVersion) return stale(expectedVersion, outcome.version);
        await writeConsent(work, { outcome, jointId: joint.id, partId: actingPart(joint), publish });
        const code = publish ? 'PUBLISHING_AGREED' : 'PUBLISHING_REFUSED';
        await decide(work, joint, { code, parameters: { OUTCOME: id, VERSION: outcome.version } });
        return saved(id);
      }),
    );
  }
}
