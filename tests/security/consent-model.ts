/**
 * What consent means, written from the domain's words alone and knowing nothing of tables, policies or the code under test.
 * Actors are letters here.
 */
export class ConsentModel {
  version = 1;
  status: 'OPEN' | 'DISMISSED' | 'EXPIRED' = 'OPEN';
  /** Actor and country of each participant. */
  participants: ReadonlyMap<string, string>;
  private readonly answers = new Map<string, { readonly choice: 'endorse' | 'decline'; readonly version: number }>();
  /** Those who know of each other, both ways: `ab` and `ba`. */
  private readonly acquainted = new Set<string>();
  /** Everybody who ever saw somebody and was seen: the only ones whom a notice may reach. */
  readonly everConcerned = new Set<string>();
  readonly everAnswered = new Set<string>();

  constructor(
    readonly kind: 'JOINT_CAMPAIGN' | 'AVOID_DUPLICATION' | 'REPLICATE_PRACTICE',
    participants: ReadonlyMap<string, string>,
  ) {
    this.participants = participants;
  }

  answer(actor: string, choice: 'endorse' | 'decline'): 'saved' | 'forbidden' | 'conflict' {
    if (!this.participants.has(actor)) return 'forbidden';
    if (this.status !== 'OPEN') return 'conflict';
    const before = this.answers.get(actor);
    if (before?.choice === choice && before.version === this.version) return 'saved';
    this.part(actor);
    this.answers.set(actor, { choice, version: this.version });
    this.everAnswered.add(actor);
    return 'saved';
  }

  withdraw(actor: string): 'saved' | 'forbidden' | 'conflict' {
    if (!this.participants.has(actor)) return 'forbidden';
    if (!this.answers.delete(actor)) return 'conflict';
    this.part(actor);
    return 'saved';
  }

  /** It becomes another suggestion than the one that was endorsed. */
  change(participants: ReadonlyMap<string, string>): void {
    this.participants = participants;
    this.version += 1;
    this.acquainted.clear();
  }

  close(status: 'DISMISSED' | 'EXPIRED'): void {
    this.status = status;
    this.version += 1;
    this.acquainted.clear();
  }

  /** The worker comes by. */
  introduce(): void {
    if (this.status !== 'OPEN') return;
    const willing = [...this.participants.keys()].filter((actor) => {
      const answer = this.answers.get(actor);
      return answer?.choice === 'endorse' && answer.version === this.version;
    });
    if (willing.length < 2 || !this.reachesFarEnough(willing)) return;
    for (const one of willing) for (const other of willing) if (one !== other) this.acquainted.add(one + other);
    for (const one of willing) this.everConcerned.add(one);
  }

  /** Whom an actor knows to have endorsed, in the order of the alphabet. */
  knownTo(actor: string): string[] {
    return [...this.acquainted]
      .filter(([one]) => one === actor)
      .map(([, other]) => other ?? '')
      .sort();
  }

  answerOf(actor: string): { readonly choice: 'endorse' | 'decline'; readonly version: number } | null {
    return this.answers.get(actor) ?? null;
  }

  /** Whether two who are willing are enough: of a pair both are; others come from two countries, a practice's where there are two. */
  private reachesFarEnough(willing: readonly string[]): boolean {
    if (this.kind === 'AVOID_DUPLICATION') return true;
    if (new Set(willing.map((actor) => this.participants.get(actor))).size >= 2) return true;
    return this.kind === 'REPLICATE_PRACTICE' && new Set(this.participants.values()).size === 1;
  }

  private part(actor: string): void {
    for (const both of this.acquainted) if (both.includes(actor)) this.acquainted.delete(both);
  }
}
