import type { Work } from '../access/unit-of-work.ts';
import { type Viewer, mayAnswer } from '../access/viewer.ts';
import { type Outcome, type Refused, conflict, forbidden, notFound, stale } from '../outcome.ts';
import { type Joint, type KnownPart, findJointOf, findOwnPart, takeJoint } from './joint-campaign.rows.ts';
import { type Moved, PART_MOVES, type PartMove, type Who, move } from './states.ts';

/** What the viewer is to a joint campaign, beside what it is to single things in it. */
export function whoIn({ parts }: Joint): Set<Who> {
  const accepted = parts.filter(({ mine, state }) => mine && state === 'accepted');
  return new Set<Who>([
    ...(accepted.length > 0 ? (['member'] as const) : []),
    ...(accepted.some(({ lead }) => lead) ? (['lead'] as const) : []),
  ]);
}

/** A move that was tried on something with a version, or why it is refused. */
export function attempt<State extends string>(
  moved: Moved<State>,
  expectedVersion: number,
  storedVersion: number,
): { readonly kind: 'moved'; readonly to: State } | Refused {
  if (moved.kind === 'not-yours') return forbidden(moved.reason);
  if (expectedVersion !== storedVersion) return stale(expectedVersion, storedVersion);
  return moved.kind === 'impossible' ? conflict(moved.reason) : moved;
}

/** Only editors and planners act in joint campaigns, for the actor they act for: not coordinators, whatever actor they act for. */
export function refuseReader(viewer: Viewer): Refused | null {
  return mayAnswer(viewer) ? null : forbidden('Only editors and planners of those that take part may do this.');
}

/** Lets the viewer act on a joint campaign that it knows of, which stands still meanwhile. */
export async function onJoint(work: Work, id: string, body: (joint: Joint) => Promise<Outcome>): Promise<Outcome> {
  const joint = await takeJoint(work, id);
  return joint === null ? notFound(id) : (refuseReader(work.viewer) ?? body(joint));
}

/** The same by something inside it. */
export async function onJointOf(
  work: Work,
  table: Parameters<typeof findJointOf>[1],
  id: string,
  body: (joint: Joint) => Promise<Outcome>,
): Promise<Outcome> {
  const jointId = await findJointOf(work, table, id);
  const joint = jointId === null ? null : await takeJoint(work, jointId);
  return joint === null ? notFound(id) : (refuseReader(work.viewer) ?? body(joint));
}

/**
 * Lets the viewer make a move with a part. Of a part whose owner it does not know it learns no more than that it is not its own;
 * of its own it learns what became of it, also where it knows the joint campaign no more.
 */
export async function onPart(
  work: Work,
  target: { readonly id: string; readonly expectedVersion?: number },
  name: PartMove,
  body: (joint: Joint, part: KnownPart) => Promise<Outcome>,
): Promise<Outcome> {
  const jointId = await findJointOf(work, 'joint_part', target.id);
  if (jointId === null) return notFound(target.id);
  const refused = refuseReader(work.viewer);
  if (refused) return refused;
  const joint = await takeJoint(work, jointId);
  const part = joint ? joint.parts.find(({ id }) => id === target.id) : await findOwnPart(work, target.id);
  const who = joint ? whoIn(joint) : new Set<Who>();
  if (part?.mine) who.add('owner');
  const standing = { state: part?.state ?? 'invited', around: joint?.state ?? null, who };
  const version = part?.version ?? 1;
  const moved = attempt(move(PART_MOVES, name, 'The part', standing), target.expectedVersion ?? version, version);
  if (moved.kind !== 'moved') return moved;
  if (!joint || !part) throw new Error('a part that moves is known, and so is what it is of');
  return body(joint, part);
}
