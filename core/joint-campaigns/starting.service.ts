import type { z } from 'zod';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Issue, type Outcome, type Refused, conflict, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import { type Agreed, findAgreed } from '../suggestions/agreed.ts';
import { decide } from './decisions.ts';
import { inviteInput, startInput } from './joint-campaign.input.ts';
import {
  findBegun,
  giveLead,
  insertJoint,
  type Joint,
  openParts,
  takeJoint,
  updateJoint,
} from './joint-campaign.rows.ts';
import { leadOnceAccepted } from './part.rows.ts';
import { attempt, onJoint, refuseReader, whoIn } from './standing.ts';
import { JOINT_MOVES, move } from './states.ts';
import { giveTasks } from './task.rows.ts';
import { refusePast } from './window.ts';

/**
 * Begins joint campaigns out of suggestions that several endorsed. The suggestion does not change: to all others it stays what it
 * was. An invitation tells its receiver who invites, and nobody else who is invited.
 */
export class StartingService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Begins a joint campaign: the viewer's own parts are accepted thereby, all others that are asked are invited. */
  start(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(startInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { clientMutationKey: key, ...fields } = parsed.value;
    return this.unitOfWork.run(viewer, async (work) =>
      once(work, { operation: 'startJointCampaign', key, input: fields }, async () => {
        const suggestion = await findAgreed(work, fields.suggestion);
        if (suggestion === null) return notFound(fields.suggestion);
        const refused = refuseReader(viewer);
        if (refused) return refused;
        if (suggestion.version !== fields.expectedVersion) return stale(fields.expectedVersion, suggestion.version);
        if (!suggestion.agreed) return conflict(notAgreed(suggestion));
        const begun = await findBegun(work, fields.suggestion);
        if (begun !== null) return conflict(`${begun} was begun from this suggestion already: take part in that one.`);
        const plan = planOf(work, suggestion, fields);
        if (plan.kind === 'invalid') return plan;
        const id = work.newId('jnt');
        await insertJoint(work, {
          id,
          suggestionId: fields.suggestion,
          name: fields.name,
          description: fields.description ?? '',
          corridor: suggestion.corridor,
          themes: suggestion.themes,
          audiences: suggestion.audiences,
          startsOn: plan.window.start,
          endsOn: plan.window.end,
        });
        await openParts(work, id, plan.positions);
        await this.settle(work, id, { suggestion: fields.suggestion, lead: fields.lead ?? null });
        return saved(id);
      }),
    );
  }

  /** Invites further participants of the suggestion, by their positions in it. For the lead. */
  invite(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(inviteInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion, participants } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      onJoint(work, id, async (joint) => {
        const standing = { state: joint.state, around: null, who: whoIn(joint) };
        const moved = attempt(move(JOINT_MOVES, 'invite', 'It', standing), expectedVersion, joint.version);
        if (moved.kind !== 'moved') return moved;
        const suggestion = await findAgreed(work, joint.suggestionId);
        const issues = participants.flatMap((position, index) => {
          const complaint = complaintAbout(joint, suggestion, position);
          return complaint === null ? [] : [issue(`input.participants[${String(index)}]`, complaint)];
        });
        if (issues.length > 0) return invalid(issues);
        await openParts(work, id, [...new Set(participants)]);
        await updateJoint(work, id, {});
        await decide(work, joint, {
          code: 'INVITED',
          parameters: { COUNT: participants.length },
          concernsInvited: true,
        });
        return saved(id);
      }),
    );
  }

  /** The starter leads, until whom it wants as lead has accepted; its own parts get their tasks. */
  private async settle(work: Work, id: string, begun: { suggestion: string; lead: string | null }): Promise<void> {
    const joint = await takeJoint(work, id);
    const own = joint?.parts.filter(({ mine }) => mine) ?? [];
    const [first] = own;
    if (!joint || !first) throw new Error('whoever begins a joint campaign takes part in it');
    await giveLead(work, id, first.id);
    const wanted = joint.parts.find(({ actorId, mine }) => actorId === begun.lead && !mine);
    if (wanted) await leadOnceAccepted(work, wanted.id);
    for (const part of own) await giveTasks(work, joint, part);
    await decide(work, withLead(joint, first.id), {
      code: 'STARTED',
      parameters: { SUGGESTION: begun.suggestion },
      concernsInvited: true,
    });
  }
}

interface Plan {
  readonly kind: 'plan';
  readonly window: { readonly start: string; readonly end: string };
  /** Of the participants who get a part. */
  readonly positions: readonly number[];
}

/** When and with whom, or everything that is wrong with what was asked. */
function planOf(
  work: Work,
  suggestion: Agreed,
  fields: Pick<z.infer<typeof startInput>, 'window' | 'lead' | 'alsoInvite'>,
): Plan | Extract<Refused, { kind: 'invalid' }> {
  const { startsOn, endsOn, seats } = suggestion;
  const window = fields.window ?? (endsOn === null ? null : { start: startsOn, end: endsOn });
  const { chosen, unknown } = positionsOf(suggestion, fields.alsoInvite ?? []);
  const leads = seats.some(({ actorId }) => actorId !== null && actorId === fields.lead);
  const issues: Issue[] = [
    ...(window
      ? refusePast(work, window)
      : [issue('input.window', 'The suggestion has no last day: say when it ends.')]),
    ...(fields.lead && !leads ? [issue('input.lead', 'Nobody who is revealed to you: see its participants.')] : []),
    ...unknown.map((seat) => issue('input.alsoInvite', `There is no participant ${String(seat)}.`)),
  ];
  return window && issues.length === 0 ? { kind: 'plan', window, positions: chosen } : { kind: 'invalid', issues };
}

/** Its own parts and those revealed to the viewer, each actor once in a country; then whoever else is asked. */
function positionsOf({ seats }: Agreed, also: readonly number[]): { chosen: number[]; unknown: number[] } {
  const known = seats.filter(({ actorId }) => actorId !== null);
  const isFirst = ({ actorId, country, position }: (typeof seats)[number]): boolean =>
    !known.some((other) => other.actorId === actorId && other.country === country && other.position < position);
  const asked = [...new Set(also)];
  const others = seats.filter(({ actorId, position }) => actorId === null && asked.includes(position));
  return {
    chosen: [...known.filter(isFirst), ...others].map(({ position }) => position).sort((a, b) => a - b),
    unknown: asked.filter((position) => !seats.some((seat) => seat.position === position)),
  };
}

/** Why a participant of the suggestion cannot be invited, as far as the viewer may know; null where it can, or may not know. */
function complaintAbout(joint: Joint, suggestion: Agreed | null, position: number): string | null {
  const seat = suggestion?.seats.find((other) => other.position === position);
  if (!seat) return `The suggestion has no participant ${String(position)}.`;
  const taken = joint.parts.find(({ actorId, country, state }) => {
    return actorId === seat.actorId && country === seat.country && state !== 'withdrawn';
  });
  return taken ? `Participant ${String(position)} has the part ${taken.id} already.` : null;
}

const notAgreed = ({ status }: Agreed): string =>
  status === 'OPEN'
    ? 'Nobody else is revealed to you in it: endorse it, and wait for others to endorse the same version.'
    : `Only what several endorsed while it is open becomes a joint campaign; this suggestion is ${status}.`;

const withLead = (joint: Joint, partId: string): Joint => ({
  ...joint,
  parts: joint.parts.map((part) => ({ ...part, lead: part.id === partId })),
});

const issue = (path: string, message: string): Issue => ({ path, message });
