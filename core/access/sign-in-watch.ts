import { OnceAnHour } from './once-an-hour.ts';
import type { Viewer } from './viewer.ts';

/** Somebody came in or was turned away. Never holds anything secret. */
export interface SignInEvent {
  readonly kind: 'signed-in' | 'denied';
  /** The key or user, where one is known. */
  readonly keyId: string | null;
  /** The part of a presented key that is not secret. */
  readonly publicId: string | null;
  /** A code, such as `wrong-secret`. */
  readonly reason: string;
  /** As whom they came in; null for somebody who did not. */
  readonly viewer: Viewer | null;
}

export type OnSignIn = (event: SignInEvent) => Promise<void>;

/** Passes on who was turned away, always; and who came in, once a key and hour, since every request signs in. */
export class SignInWatch {
  private readonly told = new OnceAnHour();

  constructor(private readonly onSignIn: OnSignIn = () => Promise.resolve()) {}

  /** Resolves once the denial is recorded: the answer must not leave before. */
  denied(event: Omit<SignInEvent, 'kind' | 'viewer'>): Promise<void> {
    return this.onSignIn({ kind: 'denied', ...event, viewer: null });
  }

  signedIn(
    viewer: Viewer,
    { publicId, reason }: Pick<SignInEvent, 'publicId' | 'reason'>,
    nowMs: number,
  ): Promise<void> {
    const { keyId } = viewer;
    return this.told.tell(keyId, nowMs, () => this.onSignIn({ kind: 'signed-in', keyId, publicId, reason, viewer }));
  }
}
