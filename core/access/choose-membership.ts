import type { Role } from './viewer.ts';

/** Somebody as an issuer of tokens names them. */
export interface Person {
  readonly issuer: string;
  readonly subject: string;
}

/** What a person may be here: one role, for one actor or for none. */
export interface HeldMembership {
  readonly userId: string;
  readonly role: Role;
  readonly actorId: string | null;
  readonly label: string;
}

type Choice =
  | { readonly kind: 'chosen'; readonly membership: HeldMembership }
  /** `why` is a code for the audit, `reason` for the person. */
  | { readonly kind: 'refused'; readonly why: string; readonly reason: string };

/** How a person writes that they act for no actor. */
const NO_ACTOR = 'none';

/** The membership a person asks to act by; the only one they have when they name none. */
export function chooseMembership(person: Person, held: readonly HeldMembership[], wanted: string | null): Choice {
  if (held.length === 0) {
    return {
      kind: 'refused',
      why: 'no-membership',
      reason: `You have no membership of this hub: ask an editor of your actor or a coordinator to grant one to subject "${person.subject}" of ${person.issuer}.`,
    };
  }
  const fitting = wanted === null ? held : held.filter(({ actorId }) => (actorId ?? NO_ACTOR) === wanted);
  const [membership] = fitting;
  if (membership && fitting.length === 1) return { kind: 'chosen', membership };
  const names = held.map(({ actorId }) => actorId ?? NO_ACTOR).join(', ');
  return {
    kind: 'refused',
    why: wanted === null ? 'names-no-membership' : 'names-another-membership',
    reason: `Say for whom you act in the header Concord-Actor: you have memberships for ${names}.`,
  };
}
