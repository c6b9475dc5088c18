/**
 * The state tables of everything that a joint campaign consists of: who may do what in which state, and what follows. What is not
 * written here is refused, and the refusal says what is possible instead.
 *
 * A joint campaign is PREPARING until its lead activates it, and in the end COMPLETED or CANCELLED. A part of it is INVITED until
 * its owner ACCEPTED or DECLINED, and may be WITHDRAWN at any time; that an accepted part is READY is no state, it is derived.
 */
export type JointState = 'preparing' | 'active' | 'completed' | 'cancelled';
export type PartState = 'invited' | 'accepted' | 'declined' | 'withdrawn';
export type MessageState = 'proposed' | 'approved' | 'returned' | 'withdrawn';
export type TaskState = 'open' | 'done' | 'dropped';

/**
 * What somebody is to a joint campaign: its lead; a member, whose part is accepted; the owner of the part, message or task in
 * question; a reviewer, who is a member and not its owner.
 */
export type Who = 'lead' | 'member' | 'owner' | 'reviewer';

interface Move<State extends string> {
  /** Any of these may. */
  readonly by: readonly Who[];
  /** Completes "one can …". */
  readonly words: string;
  /** In which states of the joint campaign; left out where that is what moves. */
  readonly during?: readonly JointState[];
  readonly next: { readonly [From in State]?: State };
}

type Table<Name extends string, State extends string> = Readonly<Record<Name, Move<State>>>;

const LIVING = ['preparing', 'active'] as const;

export const JOINT_MOVES = {
  invite: { by: ['lead'], words: 'invite others', next: { preparing: 'preparing' } },
  revise: { by: ['lead'], words: 'revise it', next: { preparing: 'preparing', active: 'active' } },
  takeLead: { by: ['member'], words: 'take the lead', next: { preparing: 'preparing', active: 'active' } },
  activate: { by: ['lead'], words: 'activate it', next: { preparing: 'active' } },
  complete: { by: ['lead'], words: 'complete it', next: { active: 'completed' } },
  cancel: { by: ['lead'], words: 'cancel it', next: { preparing: 'cancelled', active: 'cancelled' } },
  recordOutcome: {
    by: ['member'],
    words: 'record what came of it',
    next: { active: 'active', completed: 'completed' },
  },
} as const satisfies Table<string, JointState>;

export const PART_MOVES = {
  accept: { by: ['owner'], words: 'accept it', during: LIVING, next: { invited: 'accepted' } },
  decline: { by: ['owner'], words: 'decline it', during: LIVING, next: { invited: 'declined' } },
  proposeDates: {
    by: ['owner'],
    words: 'propose other dates',
    during: LIVING,
    next: { invited: 'invited', accepted: 'accepted' },
  },
  confirmDates: { by: ['owner'], words: 'confirm its dates', during: LIVING, next: { accepted: 'accepted' } },
  revise: {
    by: ['owner'],
    words: 'revise it',
    during: ['preparing', 'active', 'completed'],
    next: { accepted: 'accepted' },
  },
  addTask: { by: ['owner', 'lead'], words: 'give it a task', during: LIVING, next: { accepted: 'accepted' } },
  draftMessage: { by: ['owner'], words: 'propose a message', during: LIVING, next: { accepted: 'accepted' } },
  // Also from what was cancelled: it takes the entry of the part out of its owner's calendar.
  withdraw: {
    by: ['owner'],
    words: 'withdraw it',
    during: ['preparing', 'active', 'cancelled'],
    next: { accepted: 'withdrawn' },
  },
} as const satisfies Table<string, PartState>;

export const MESSAGE_MOVES = {
  revise: {
    by: ['owner'],
    words: 'revise it',
    during: LIVING,
    next: { proposed: 'proposed', approved: 'proposed', returned: 'proposed' },
  },
  approve: { by: ['reviewer'], words: 'approve it', during: LIVING, next: { proposed: 'approved' } },
  return: {
    by: ['reviewer'],
    words: 'return it',
    during: LIVING,
    next: { proposed: 'returned', approved: 'returned' },
  },
  withdraw: {
    by: ['owner'],
    words: 'withdraw it',
    during: LIVING,
    next: { proposed: 'withdrawn', approved: 'withdrawn', returned: 'withdrawn' },
  },
} as const satisfies Table<string, MessageState>;

export const TASK_MOVES = {
  finish: {
    by: ['owner'],
    words: 'call it done',
    during: ['preparing', 'active', 'completed'],
    next: { open: 'done' },
  },
  drop: { by: ['owner', 'lead'], words: 'drop it', during: LIVING, next: { open: 'dropped' } },
  reopen: { by: ['owner', 'lead'], words: 'open it again', during: LIVING, next: { done: 'open', dropped: 'open' } },
} as const satisfies Table<string, TaskState>;

export type JointMove = keyof typeof JOINT_MOVES;
export type PartMove = keyof typeof PART_MOVES;
export type MessageMove = keyof typeof MESSAGE_MOVES;
export type TaskMove = keyof typeof TASK_MOVES;

/** Where something stands, and what the viewer is to it. */
export interface Standing<State extends string> {
  readonly state: State;
  /** Of the joint campaign around it; null where it is the joint campaign itself, or one that the viewer knows no more. */
  readonly around: JointState | null;
  readonly who: ReadonlySet<Who>;
}

export type Moved<State extends string> =
  | { readonly kind: 'moved'; readonly to: State }
  /** Others may. */
  | { readonly kind: 'not-yours'; readonly reason: string }
  /** Nobody may now. */
  | { readonly kind: 'impossible'; readonly reason: string };

/**
 * What a move leads to, or why it is refused, in one English sentence that says what the viewer can do instead.
 * @param thing what moves, as in "The part": it begins the sentence
 */
export function move<Name extends string, State extends string>(
  table: Table<Name, State>,
  name: Name,
  thing: string,
  standing: Standing<State>,
): Moved<State> {
  const { by, words } = table[name];
  if (!by.some((who) => standing.who.has(who)))
    return { kind: 'not-yours', reason: `Only ${by.map((who) => WHO[who]).join(' or ')} can ${words}.` };
  const to = nextOf(table[name], standing);
  if (to !== undefined) return { kind: 'moved', to };
  const others = Object.values<Move<State>>(table)
    .filter((other) => other.by.some((who) => standing.who.has(who)) && nextOf(other, standing) !== undefined)
    .map((other) => other.words);
  const now = others.length === 0 ? 'Nothing more can be done with it.' : `What you can do now: ${others.join(', ')}.`;
  return { kind: 'impossible', reason: `${thing} is ${stateIn(standing)}: you cannot ${words}. ${now}` };
}

function nextOf<State extends string>(of: Move<State>, { state, around }: Standing<State>): State | undefined {
  const fits = of.during === undefined || (around !== null && of.during.includes(around));
  return fits ? of.next[state] : undefined;
}

function stateIn({ state, around }: Standing<string>): string {
  const own = state.toUpperCase();
  return around === null ? own : `${own} in a joint campaign that is ${around.toUpperCase()}`;
}

const WHO: Readonly<Record<Who, string>> = {
  lead: 'the lead of the joint campaign',
  member: 'those whose part is accepted',
  owner: 'whose it is',
  reviewer: 'another of its members',
};
