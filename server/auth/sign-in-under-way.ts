import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Randomness } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/sealed.ts';
import type { OwnCookie } from './own-cookie.ts';

/** Long enough for a second factor that lies in another room. */
const LIFE_MS = 600_000;
const CONTEXT = 'sign-in';

const person = z.strictObject({ issuer: z.string(), subject: z.string() });
const step = z.discriminatedUnion('kind', [
  /** Sent to the issuer; to come back with what is expected, and then to go on where they were. */
  z.strictObject({
    kind: z.literal('asked'),
    state: z.string(),
    nonce: z.string(),
    verifier: z.string(),
    at: z.string(),
  }),
  /** The issuer has said who it is; they have to say for whom they act. */
  z.strictObject({ kind: z.literal('proven'), person, at: z.string() }),
  /** To be told once: in the page, since no page is shown where the issuer leads to. */
  z.strictObject({
    kind: z.literal('failed'),
    why: z.enum(['away', 'expired', 'refused', 'too-many', 'unknown']),
    person: person.nullable(),
  }),
]);
const kept = z.strictObject({ until: z.number(), step });

export type Step = z.infer<typeof step>;
export type Failure = Extract<Step, { kind: 'failed' }>;

/**
 * How far a person in a browser has come with signing in by the issuer. It is kept in a cookie of that browser, sealed by a key of the
 * hub, so that the hub remembers nobody who only knocks, and nobody can go on with what another began.
 */
export class SignInUnderWay {
  constructor(
    private readonly cookie: OwnCookie,
    private readonly key: Uint8Array,
    private readonly clock: Clock,
    private readonly randomness: Randomness,
  ) {}

  /** Null: nothing is under way, or it took too long. */
  read(request: IncomingMessage): Step | null {
    const sealed = this.cookie.read(request);
    if (sealed === null) return null;
    const { until, step } = kept.safeParse(this.opened(sealed)).data ?? { until: 0, step: null };
    return until > this.clock.now() ? step : null;
  }

  keep(response: ServerResponse, step: Step): void {
    const text = JSON.stringify({ until: this.clock.now() + LIFE_MS, step });
    const sealed = seal(this.key, CONTEXT, Buffer.from(text), this.randomness);
    this.cookie.give(response, sealed.toString('base64url'), LIFE_MS);
  }

  forget(response: ServerResponse): void {
    this.cookie.take(response);
  }

  /** Undefined: not ours, or changed. */
  private opened(sealed: string): unknown {
    try {
      return JSON.parse(unseal(this.key, CONTEXT, Buffer.from(sealed, 'base64url')).toString());
    } catch {
      return undefined;
    }
  }
}
