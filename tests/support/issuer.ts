import { OAuth2Server, type OAuth2Service } from 'oauth2-mock-server';
import type { OidcConfig } from '../../platform/config.ts';

/** A real issuer of tokens on this machine. */
export interface TestIssuer {
  readonly config: OidcConfig;
  /** The public keys as it publishes them. */
  readonly publicKeys: readonly Record<string, unknown>[];
  /** A good token for a subject, with these claims changed; undefined takes one away. */
  token(subject: string, claims?: Record<string, unknown>, algorithm?: string): Promise<string>;
  /** Its endpoints, and what can be changed of what they answer. */
  readonly service: OAuth2Service;
  close(): Promise<void>;
}

export const AUDIENCE = 'concord-test';

/** By what the hub sends people to a test issuer to sign in. */
export const CLIENT = { id: 'console', secret: 'hunter2' };

/** @param algorithms that it has keys for; ID tokens are signed by any of them */
export async function testIssuer(algorithms = ['RS256', 'ES256', 'EdDSA', 'PS256']): Promise<TestIssuer> {
  const server = new OAuth2Server();
  const keys = new Map<string, string>();
  for (const algorithm of algorithms) {
    keys.set(algorithm, (await server.issuer.keys.generate(algorithm)).kid);
  }
  await server.start(0, '127.0.0.1');
  const { url } = server.issuer;
  if (url === undefined) throw new Error('the issuer has no URL');
  return {
    config: { issuer: url, audience: AUDIENCE, jwksUrl: null, client: null },
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
    service: server.service,
    close: () => server.stop(),
  };
}
