/**
 * What a joint campaign may become, written from the words alone and knowing nothing of tables, policies or the state table
 * under test. Actors are letters here, each with one part; a part's place in `letters` is its place among the parts.
 */
export type Answer = 'saved' | 'forbidden' | 'conflict' | 'not-found' | 'invalid';
export type Campaign = 'preparing' | 'active' | 'completed' | 'cancelled';

export interface ModelPart {
  state: 'invited' | 'accepted' | 'declined' | 'withdrawn';
  required: boolean;
  /** The window that its owner confirmed; 0: none. */
  confirmed: number;
  tasksDone: boolean;
  /** Is there an approved message for its perspective? Shared by those of one role. */
  readonly role: string;
}

export class JointModel {
  state: Campaign = 'preparing';
  window = 1;
  lead: string;
  /** Who leads once it has accepted. */
  private heir: string | null;
  readonly parts: ReadonlyMap<string, ModelPart>;
  readonly spoken = new Set<string>();
  readonly outcomes = new Map<string, number>();
  private readonly suspended = new Set<string>();
  private readonly endorsers: Set<string>;

  /** @param endorsers those who know of each other by the suggestion; the first of them begins. */
  constructor(
    roles: ReadonlyMap<string, string>,
    endorsers: readonly string[],
    heir: string | null,
    /** Has its first day come? */
    public begun: boolean,
  ) {
    const [starter = ''] = endorsers;
    this.starter = starter;
    this.lead = starter;
    this.heir = heir;
    this.endorsers = new Set(endorsers);
    this.parts = new Map(
      [...roles].map(([letter, role]) => [
        letter,
        {
          state: letter === starter ? 'accepted' : 'invited',
          required: endorsers.includes(letter),
          confirmed: 0,
          tasksDone: false,
          role,
        },
      ]),
    );
  }

  private readonly starter: string;

  private part(letter: string): ModelPart | undefined {
    return this.parts.get(letter);
  }

  private isListed(letter: string): boolean {
    return !this.suspended.has(letter);
  }

  isMember(letter: string): boolean {
    return this.part(letter)?.state === 'accepted' && this.isListed(letter);
  }

  /** Does it know of the joint campaign? */
  knows(letter: string): boolean {
    const state = this.part(letter)?.state;
    return (state === 'invited' || state === 'accepted') && this.isListed(letter);
  }

  /** Whose parts somebody can tell, with their states, in the order of the letters. */
  sightOf(letter: string): string[] {
    const seen = [...this.parts].filter(([other, { state }]) => {
      if (other === letter) return true;
      if (!this.knows(letter) || !this.isListed(other)) return false;
      if (state === 'accepted') return this.isMember(letter) || other === this.starter;
      return state !== 'withdrawn' && this.endorsers.has(letter) && this.endorsers.has(other);
    });
    return seen.map(([other, { state }]) => `${other} ${state}`);
  }

  /** Which actors somebody can read: itself, those whose parts it can tell, and those whom the suggestion reveals to it. */
  actorsFor(letter: string): string[] {
    const known = new Set([
      letter,
      ...(this.parts.has(letter) ? this.sightOf(letter) : []).map((seen) => seen.charAt(0)),
    ]);
    if (this.endorsers.has(letter) && this.isListed(letter))
      for (const other of this.endorsers) if (this.isListed(other)) known.add(other);
    return [...known].sort();
  }

  isReady(letter: string): boolean {
    const part = this.part(letter);
    return (
      part !== undefined &&
      this.isMember(letter) &&
      part.confirmed === this.window &&
      part.tasksDone &&
      this.spoken.has(part.role)
    );
  }

  private get living(): boolean {
    return this.state === 'preparing' || this.state === 'active';
  }

  /** Whether somebody may do something with a part of its own now. */
  private withPart(letter: string, from: readonly ModelPart['state'][], during: boolean): Answer {
    const part = this.part(letter);
    if (part === undefined) return 'not-found';
    return this.knows(letter) && from.includes(part.state) && during ? 'saved' : 'conflict';
  }

  accept(letter: string): Answer {
    const answer = this.withPart(letter, ['invited'], this.living);
    const part = this.part(letter);
    if (answer !== 'saved' || !part) return answer;
    part.state = 'accepted';
    if (this.heir === letter) this.giveLeadTo(letter);
    return answer;
  }

  decline(letter: string): Answer {
    const answer = this.withPart(letter, ['invited'], this.living);
    const part = this.part(letter);
    if (answer === 'saved' && part) part.state = 'declined';
    return answer;
  }

  proposeDates(letter: string): Answer {
    return this.withPart(letter, ['invited', 'accepted'], this.living);
  }

  confirm(letter: string): Answer {
    const answer = this.withPart(letter, ['accepted'], this.living);
    const part = this.part(letter);
    if (answer === 'saved' && part) part.confirmed = this.window;
    return answer;
  }

  withdraw(letter: string): Answer {
    const answer = this.withPart(letter, ['accepted'], this.state !== 'completed');
    const part = this.part(letter);
    if (answer !== 'saved' || !part) return answer;
    const [next] = [...this.parts.keys()].filter((other) => other !== letter && this.isMember(other));
    if (next === undefined && this.living) this.state = 'cancelled';
    if (next !== undefined && this.lead === letter) this.giveLeadTo(next);
    part.state = 'withdrawn';
    return answer;
  }

  /** Somebody answers for somebody else. */
  meddle(letter: string, other: string): Answer {
    if (letter === other) return 'saved';
    return this.knows(letter) && this.part(other) ? 'forbidden' : 'not-found';
  }

  private asLead(letter: string, during: boolean): Answer {
    if (!this.knows(letter)) return 'not-found';
    if (!this.isMember(letter) || this.lead !== letter) return 'forbidden';
    return during ? 'saved' : 'conflict';
  }

  moveWindow(letter: string, begun: boolean): Answer {
    const answer = this.asLead(letter, this.living);
    if (answer !== 'saved') return answer;
    if (this.begun !== begun) this.window += 1;
    this.begun = begun;
    return answer;
  }

  require(letter: string, other: string, required: boolean): Answer {
    const answer = this.asLead(letter, this.living);
    const part = this.part(other);
    if (answer === 'saved' && part) part.required = required;
    return answer;
  }

  giveLead(letter: string, other: string): Answer {
    const answer = this.asLead(letter, this.living);
    if (answer !== 'saved') return answer;
    if (!this.isMember(other)) return 'invalid';
    this.giveLeadTo(other);
    return answer;
  }

  private giveLeadTo(letter: string): void {
    this.lead = letter;
    if (this.heir === letter) this.heir = null;
  }

  takeLead(letter: string): Answer {
    if (!this.knows(letter)) return 'not-found';
    if (!this.isMember(letter)) return 'forbidden';
    if (!this.living || this.isMember(this.lead)) return 'conflict';
    this.giveLeadTo(letter);
    return 'saved';
  }

  activate(letter: string): Answer {
    const answer = this.asLead(letter, this.state === 'preparing');
    if (answer !== 'saved') return answer;
    const members = [...this.parts.keys()].filter((other) => this.isMember(other));
    const required = [...this.parts].filter(([, part]) => part.required).map(([other]) => other);
    if (members.length < 2 || !required.every((other) => this.isReady(other))) return 'conflict';
    this.state = 'active';
    return answer;
  }

  complete(letter: string): Answer {
    const answer = this.asLead(letter, this.state === 'active' && this.begun);
    if (answer === 'saved') this.state = 'completed';
    return answer;
  }

  cancel(letter: string): Answer {
    const answer = this.asLead(letter, this.living);
    if (answer === 'saved') this.state = 'cancelled';
    return answer;
  }

  recordOutcome(letter: string): Answer {
    if (!this.knows(letter)) return 'not-found';
    if (!this.isMember(letter)) return 'forbidden';
    if (this.state !== 'completed') return 'conflict';
    this.outcomes.set(letter, (this.outcomes.get(letter) ?? 0) + 1);
    return 'saved';
  }

  /** One writes a message for its own perspective, and another one approves it. */
  speak(author: string, reviewer: string): readonly [Answer, Answer | null] {
    const drafted = this.withPart(author, ['accepted'], this.living);
    if (drafted !== 'saved') return [drafted, null];
    if (!this.knows(reviewer)) return [drafted, 'not-found'];
    // Who has not accepted sees no messages.
    if (!this.isMember(reviewer)) return [drafted, 'not-found'];
    if (reviewer === author) return [drafted, 'forbidden'];
    this.spoken.add(this.part(author)?.role ?? '');
    return [drafted, 'saved'];
  }

  suspend(letter: string): void {
    this.suspended.add(letter);
  }

  restore(letter: string): void {
    this.suspended.delete(letter);
  }

  /** The suggestion no longer reveals it, and nobody to it. */
  withdrawEndorsement(letter: string): void {
    this.endorsers.delete(letter);
  }
}
