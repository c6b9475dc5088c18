import * as openid from 'openid-client';
import type { Person } from '../../core/access/choose-membership.ts';
import type { Clock } from '../../platform/clock.ts';
import type { OidcClient, OidcConfig } from '../../platform/config.ts';
import { messageOf } from '../../platform/plain-error.ts';

const ANSWER_LIMIT_S = 5;
/** For how long what the issuer says of itself is not asked again, and how long a failure stands. */
const KEPT_MS = 3_600_000;
const RETRY_MS = 2_000;
const CLOCK_TOLERANCE_S = 5;
// Marked as deprecated so that nobody takes it lightly: plain http gets this far on this machine only, for a trial (platform/config.ts).
const OVER_HTTP = openid.allowInsecureRequests;
/** What went wrong is not the person's doing, and may be over in a while. */
const AWAY = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_INVALID_SERVER_METADATA',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);
const AWAY_SAYS_ISSUER = new Set(['server_error', 'temporarily_unavailable']);

/** What the person brings back from the issuer is held against; nobody else knows it. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type Answered =
  | { readonly kind: 'proven'; readonly person: Person }
  /** It took too long, or was answered once already. */
  | { readonly kind: 'expired' }
  /** `why` is a code, for the audit. */
  | { readonly kind: 'refused'; readonly why: string }
  /** `why` is for the log. */
  | { readonly kind: 'away'; readonly why: string };

/**
 * Has an issuer prove who somebody is who sits at a browser: authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE,
 * state and nonce; the signature of the ID token is checked although it comes by TLS.
 */
export class Issuer {
  /** What people call it: where they are sent. */
  readonly name: string;
  private found: { readonly atMs: number; readonly configuration: Promise<openid.Configuration> } | null = null;

  constructor(
    private readonly config: OidcConfig,
    private readonly client: OidcClient,
    private readonly redirectUri: string,
    private readonly clock: Clock,
  ) {
    this.name = new URL(config.issuer).host;
  }

  /** Where to send a person, and what to expect of them when they are back. */
  async begin(): Promise<{ readonly kind: 'begun'; readonly to: URL; readonly expected: Expected } | Away> {
    const expected = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
    try {
      const to = openid.buildAuthorizationUrl(await this.discover(), {
        redirect_uri: this.redirectUri,
        scope: 'openid',
        state: expected.state,
        nonce: expected.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(expected.verifier),
        code_challenge_method: 'S256',
      });
      return { kind: 'begun', to, expected };
    } catch (error) {
      return { kind: 'away', why: messageOf(error) };
    }
  }

  /** @param query with what the person came back, beginning with `?` or empty */
  async finish(query: string, { state, nonce, verifier }: Expected): Promise<Answered> {
    try {
      const tokens = await openid.authorizationCodeGrant(await this.discover(), new URL(this.redirectUri + query), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const subject = tokens.claims()?.sub ?? '';
      if (subject === '') return { kind: 'refused', why: 'sign-in.empty-claim' };
      return { kind: 'proven', person: { issuer: this.config.issuer, subject } };
    } catch (error) {
      return answerTo(error);
    }
  }

  /** Found out when the first person comes, not at the start: the hub serves keys of its own while an issuer is away. */
  private discover(): Promise<openid.Configuration> {
    if (this.found && this.clock.now() - this.found.atMs >= KEPT_MS) this.found = null;
    this.found ??= { atMs: this.clock.now(), configuration: this.askForConfiguration() };
    const { atMs, configuration } = this.found;
    return configuration.catch((error: unknown) => {
      if (this.clock.now() - atMs >= RETRY_MS) this.found = null;
      throw error;
    });
  }

  private askForConfiguration(): Promise<openid.Configuration> {
    const { id, secret } = this.client;
    const issuer = new URL(this.config.issuer);
    return openid.discovery(
      issuer,
      id,
      { [openid.clockTolerance]: CLOCK_TOLERANCE_S },
      secret === null ? openid.None() : openid.ClientSecretBasic(secret),
      {
        timeout: ANSWER_LIMIT_S,
        execute: [openid.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [OVER_HTTP] : [])],
      },
    );
  }
}

type Away = Extract<Answered, { kind: 'away' }>;

function answerTo(error: unknown): Answered {
  if (error instanceof openid.AuthorizationResponseError) {
    if (AWAY_SAYS_ISSUER.has(error.error)) return { kind: 'away', why: `the issuer says ${error.error}` };
    return { kind: 'refused', why: 'sign-in.denied' };
  }
  if (error instanceof openid.ResponseBodyError) {
    if (error.error === 'invalid_grant') return { kind: 'expired' };
    // Above all `invalid_client`: the operator has to mend it.
    return { kind: 'away', why: `the issuer answers this hub with ${String(error.status)}` };
  }
  if (error instanceof openid.WWWAuthenticateChallengeError) {
    return { kind: 'away', why: `the issuer answers this hub with ${String(error.status)}` };
  }
  if (error instanceof openid.ClientError && !AWAY.has(error.code ?? '')) {
    return { kind: 'refused', why: `sign-in.${error.code ?? 'broken'}` };
  }
  return { kind: 'away', why: messageOf(error) };
}
