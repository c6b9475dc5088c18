import { type JWTVerifyGetKey, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Person } from '../../core/access/choose-membership.ts';
import type { Clock } from '../../platform/clock.ts';
import type { OidcConfig } from '../../platform/config.ts';
import { messageOf } from '../../platform/plain-error.ts';

/** Asymmetric only: with a shared secret whoever can check a token can make one. */
const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'];
const REQUIRED_CLAIMS = ['exp', 'iat', 'sub', 'jti'];
/** By how much the issuer's clock may differ from ours. */
const CLOCK_TOLERANCE_S = 5;
/** However long a token says it lives. */
const OLDEST_TOKEN_S = 86_400;
const ANSWER_LIMIT_MS = 5_000;
/** How long the issuer's keys are not asked for again, whatever key ids callers make up, and how long a failure stands. */
const COOLDOWN_MS = 30_000;
const RETRY_MS = 2_000;

export type Verification =
  | { readonly kind: 'proven'; readonly person: Person }
  /** `why` is a code for the rule that was broken, for the audit; it holds nothing of the token. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The issuer's keys cannot be had, so that nothing can be said about the token. */
  | { readonly kind: 'unavailable'; readonly why: string };

class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** Proves by tokens of one issuer, made for us alone, who somebody is; what they may do is not the issuer's to say. */
export class TokenVerifier {
  private keySet: { readonly madeAtMs: number; readonly keys: Promise<JWTVerifyGetKey> } | null = null;

  constructor(
    private readonly config: OidcConfig,
    private readonly clock: Clock,
  ) {}

  async verify(token: string): Promise<Verification> {
    const { issuer, audience } = this.config;
    try {
      const { payload } = await jwtVerify(token, this.findKey, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: REQUIRED_CLAIMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        maxTokenAge: OLDEST_TOKEN_S,
        currentDate: new Date(this.clock.now()),
      });
      const { sub: subject, jti } = payload;
      const isComplete = typeof subject === 'string' && subject !== '' && typeof jti === 'string' && jti !== '';
      return isComplete
        ? { kind: 'proven', person: { issuer, subject } }
        : { kind: 'refused', why: 'token.empty-claim' };
    } catch (error) {
      if (error instanceof KeysUnavailable) return { kind: 'unavailable', why: messageOf(error) };
      if (error instanceof errors.JWTClaimValidationFailed) return { kind: 'refused', why: `token.${error.claim}` };
      if (error instanceof errors.JOSEError) return { kind: 'refused', why: `token.${error.code}` };
      throw error;
    }
  }

  private readonly findKey: JWTVerifyGetKey = async (header, token) => {
    try {
      const find = await this.keys();
      return await find(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new KeysUnavailable(`The keys of ${this.config.issuer} cannot be had: ${messageOf(error)}`);
    }
  };

  /** Found out at the first token, not at the start: the hub serves keys of its own while an issuer is away. */
  private keys(): Promise<JWTVerifyGetKey> {
    this.keySet ??= { madeAtMs: this.clock.now(), keys: this.openKeySet() };
    const { madeAtMs, keys } = this.keySet;
    return keys.catch((error: unknown) => {
      if (this.clock.now() - madeAtMs >= RETRY_MS) this.keySet = null;
      throw error;
    });
  }

  private async openKeySet(): Promise<JWTVerifyGetKey> {
    const url = this.config.jwksUrl ?? (await discoverKeys(this.config.issuer));
    return createRemoteJWKSet(new URL(url), { cooldownDuration: COOLDOWN_MS, timeoutDuration: ANSWER_LIMIT_MS });
  }
}

/** Where an issuer publishes its keys (OpenID Connect Discovery 1.0, section 4). @throws when it does not say so */
async function discoverKeys(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  if (!response.ok) throw new Error(`its configuration answers ${String(response.status)}`);
  const found = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (found.issuer !== issuer || typeof found.jwks_uri !== 'string') {
    throw new Error('its configuration names another issuer, or no keys');
  }
  return found.jwks_uri;
}
