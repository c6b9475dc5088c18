import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Outcome, conflict, invalid, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import { decide } from './decisions.ts';
import { cancelJointInput, jointTarget, reviseJointInput } from './joint-campaign.input.ts';
import { giveLead, type Joint, requireParts, updateJoint } from './joint-campaign.rows.ts';
import { refusePast, todayOf } from './window.ts';
import { findUnready } from './readiness.ts';
import { attempt, onJoint, whoIn } from './standing.ts';
import { JOINT_MOVES, type JointMove, type JointState, move } from './states.ts';

type Target = ReturnType<typeof jointTarget.parse>;

/** What the lead of a joint campaign decides for all of it; what it means for a part, that part's owner decides. */
export class LeadingService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Renames it, moves its window, requires parts or not, or gives the lead to another accepted part. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseJointInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { lead, required, window, ...fields } = parsed.value;
    return this.move(viewer, fields, 'revise', async (work, joint) => {
      const next = lead ? joint.parts.find((part) => part.id === lead && part.state === 'accepted') : null;
      const asked = required ?? [];
      const issues = [
        ...(window ? refusePast(work, window) : []),
        ...(next === undefined
          ? [{ path: 'input.lead', message: 'Not a part that was accepted: see its parts.' }]
          : []),
        ...asked.flatMap(({ part }, index) =>
          joint.seats.includes(part)
            ? []
            : [{ path: `input.required[${String(index)}].part`, message: `It has no part ${part}.` }],
        ),
      ];
      if (issues.length > 0) return invalid(issues);
      const isMoved = window && (window.start !== joint.startsOn || window.end !== joint.endsOn);
      await requireParts(work, joint.id, asked);
      await updateJoint(work, joint.id, {
        name: fields.name ?? undefined,
        description: fields.description ?? undefined,
        window: isMoved ? window : null,
      });
      if (isMoved)
        await decide(work, joint, {
          code: 'WINDOW_MOVED',
          parameters: { FIRST_DAY: window.start, LAST_DAY: window.end, WINDOW: joint.windowVersion + 1 },
          concernsInvited: true,
        });
      if (fields.name ?? fields.description) await decide(work, joint, { code: 'REVISED', concernsInvited: true });
      if (asked.length > 0)
        await decide(work, joint, {
          code: 'REQUIREMENTS_CHANGED',
          parameters: { PART: asked.map(({ part }) => part) },
          concernsInvited: true,
        });
      if (next && !next.lead) {
        await giveLead(work, joint.id, next.id);
        await decide(work, joint, { code: 'LEAD_GIVEN', parameters: { PART: next.id }, concernsInvited: true });
      }
      return saved(joint.id);
    });
  }

  /** Takes the lead where nobody has it whom its members can see: its part was withdrawn, or its actor suspended. */
  takeLead(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.moveTo(viewer, input, 'takeLead', async (work, joint) => {
      if (joint.parts.some(({ lead, state }) => lead && state === 'accepted'))
        return conflict('It has a lead, who can give the lead to you by reviseJointCampaign.');
      const own = joint.parts.find(({ mine, state }) => mine && state === 'accepted');
      if (!own) throw new Error('a member has an accepted part');
      await giveLead(work, joint.id, own.id);
      await updateJoint(work, joint.id, {});
      await decide(work, joint, { code: 'LEAD_GIVEN', parameters: { PART: own.id }, partId: own.id });
      return saved(joint.id);
    });
  }

  /** Begins for good, when every required part is ready. What each publishes, each confirms itself. */
  activate(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.moveTo(viewer, input, 'activate', async (work, joint, to) => {
      const actors = new Set(joint.parts.filter(({ state }) => state === 'accepted').map(({ actorId }) => actorId));
      if (actors.size < 2) return conflict('A joint campaign takes two who accepted: there is only one.');
      const unready = await findUnready(work, joint.id);
      if (unready.length > 0) {
        const lacks = unready.map(({ country, codes }) => `${country} (${codes.join(', ')})`).join('; ');
        return conflict(`Not all required parts are ready: ${lacks}. See their readiness for what helps.`);
      }
      await updateJoint(work, joint.id, { state: to });
      await decide(work, joint, { code: 'ACTIVATED', concernsInvited: true });
      return saved(joint.id);
    });
  }

  /** Ends what was active, from its first day on. */
  complete(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.moveTo(viewer, input, 'complete', async (work, joint, to) => {
      if (joint.startsOn > todayOf(work))
        return conflict(`It begins on ${joint.startsOn}: before that it can be cancelled, or its window moved.`);
      await updateJoint(work, joint.id, { state: to });
      await decide(work, joint, { code: 'COMPLETED', concernsInvited: true });
      return saved(joint.id);
    });
  }

  /** Calls it off. The entries in the calendars of its members are theirs to cancel: by withdrawing, or one by one. */
  cancel(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(cancelJointInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.move(viewer, parsed.value, 'cancel', async (work, joint, to) => {
      await updateJoint(work, joint.id, { state: to, cancelledReason: parsed.value.reason ?? null });
      await decide(work, joint, { code: 'CANCELLED', concernsInvited: true });
      return saved(joint.id);
    });
  }

  private moveTo(viewer: Viewer, input: unknown, name: JointMove, body: Body): Promise<Outcome> {
    const parsed = parse(jointTarget, input);
    return parsed.ok ? this.move(viewer, parsed.value, name, body) : Promise.resolve(invalid(parsed.issues));
  }

  private move(viewer: Viewer, { id, expectedVersion }: Target, name: JointMove, body: Body): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) =>
      onJoint(work, id, async (joint) => {
        const standing = { state: joint.state, around: null, who: whoIn(joint) };
        const moved = attempt(move(JOINT_MOVES, name, 'It', standing), expectedVersion, joint.version);
        return moved.kind === 'moved' ? body(work, joint, moved.to) : moved;
      }),
    );
  }
}

type Body = (work: Work, joint: Joint, to: JointState) => Promise<Outcome>;
