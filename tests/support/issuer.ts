import { OAuth2Server } from 'oauth2-mock-server';
import type { OidcConfig } from '../../platform/config.ts';

/** A real issuer of tokens on this machine. */
export interface TestIssuer {
  readonly config: OidcConfig;
  /** The public keys as it publishes them. */
  readonly publicKeys: readonly Record<string, unknown>[];
  /** A good token for a subject, with these claims changed; undefined takes one away. */
  token(subject: string, claims?: Record<string, unknown>, algorithm?: string): Promise<string>;
  close(): Promise<void>;
}

export const AUDIENCE = 'concord-test';

export async function testIssuer(): Promise<TestIssuer> {
  const server = new OAuth2Server();
  const keys = new Map<string, string>();
  for (const algorithm of ['RS256', 'ES256', 'EdDSA', 'PS256']) {
    keys.set(algorithm, (await server.issuer.keys.generate(algorithm)).kid);
  }
  await server.start(0, '127.0.0.1');
  const { url } = server.issuer;
  if (url === undefined) throw new Error('the issuer has no URL');
  return {
    config: { issuer: url, audience: AUDIENCE, jwksUrl: null },
    publicKeys: server.issuer.keys.toJSON(),
    token: (subject, claims = {}, algorithm = 'RS256') =>
      server.issuer.buildToken({
        kid: keys.get(algorithm),
        scopesOrTransform: (_header, payload) => {
          Object.assign(payload, { sub: subject, aud: AUDIENCE, jti: `${subject}-1` }, claims);
          for (const [name, value] of Object.entries(claims)) {
            if (value === undefined) Reflect.deleteProperty(payload, name);
          }
        },
      }),
    close: () => server.stop(),
  };
}
