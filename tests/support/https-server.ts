import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { generate } from 'selfsigned';
import type { FetchOptions } from '../../platform/fetch-outside.ts';

/** Stands for a host on the public internet; the rest of this machine stands for our own network. */
const OUTSIDE = '127.0.0.1';

export interface OutsideHost {
  /** `https://calendar.example:port` */
  readonly url: string;
  readonly port: string;
  /** How a fetch finds it, trusts it, and takes it for public. */
  readonly options: Required<Omit<FetchOptions, 'timeoutMs'>>;
  close(): void;
}

/** A real server with a certificate of its own making, under names that resolve to it alone. */
export async function outsideHost(listener: RequestListener): Promise<OutsideHost> {
  const name = 'calendar.example';
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          { type: 2, value: 'other.example' },
          { type: 7, ip: OUTSIDE },
        ],
      },
    ],
  });
  const server = createServer({ cert, key }, listener);
  await new Promise<void>((resolve) => {
    server.listen(0, OUTSIDE, () => {
      resolve();
    });
  });
  const address = server.address();
  const port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: `https://${name}:${port}`,
    port,
    options: {
      ca: cert,
      port,
      mayCall: (called) => called === OUTSIDE,
      resolve: () => Promise.resolve([{ address: OUTSIDE, family: 4 }]),
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
