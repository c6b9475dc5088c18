/** Somebody came in or was turned away. Never holds anything secret. */
export interface SignInEvent {
  readonly kind: 'signed-in' | 'denied';
  /** The key or user, where one is known. */
  readonly keyId: string | null;
  /** The part of a presented key that is not secret. */
  readonly publicId: string | null;
  readonly reason: string;
}

export type OnSignIn = (event: SignInEvent) => Promise<void>;

const HOUR_MS = 3_600_000;
/** How many keys are remembered as told; beyond that all are forgotten, and some are told twice. */
const MOST_REMEMBERED = 10_000;

/** Passes on who was turned away, always; and who came in, once a key and hour, since every request signs in. */
export class SignInWatch {
  private readonly toldInHour = new Map<string, number>();

  constructor(private readonly onSignIn: OnSignIn = () => Promise.resolve()) {}

  /** Resolves once the denial is recorded: the answer must not leave before. */
  denied(event: Omit<SignInEvent, 'kind'>): Promise<void> {
    return this.onSignIn({ kind: 'denied', ...event });
  }

  async signedIn(event: Omit<SignInEvent, 'kind'> & { readonly keyId: string }, nowMs: number): Promise<void> {
    const hour = Math.floor(nowMs / HOUR_MS);
    if (this.toldInHour.get(event.keyId) === hour) return;
    if (this.toldInHour.size >= MOST_REMEMBERED) this.toldInHour.clear();
    this.toldInHour.set(event.keyId, hour);
    await this.onSignIn({ kind: 'signed-in', ...event });
  }
}
