import { createServer, type RequestListener, type Server } from 'node:http';
import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import type { Address } from '../../platform/outside-guard.ts';
import { postOutside } from '../../platform/post-outside.ts';
import { isPublicAddress } from '../../platform/public-address.ts';

describe('an address is public', () => {
  test.each(['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'such as %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.9.9',
    ],
    ...[
      '192.0.0.1',
      '192.0.2.1',
      '192.168.1.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'ff02::1',
    ],
    ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'localhost', '', '8.8.8', '[::1]'],
  ])('but not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test('as an oracle that reads the first bytes says of all IPv4', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, octet, (a, b, c, d) => {
        const reserved =
          [0, 10, 127].includes(a) ||
          a >= 224 ||
          (a === 100 && b >= 64 && b <= 127) ||
          (a === 169 && b === 254) ||
          (a === 172 && b >= 16 && b <= 31) ||
          (a === 192 && ((b === 0 && (c === 0 || c === 2)) || b === 168 || (b === 88 && c === 99))) ||
          (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
          (a === 203 && b === 0 && c === 113);
        expect(isPublicAddress([a, b, c, d].join('.'))).toBe(!reserved);
      }),
    );
  });
});

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Serves on a free port of this machine; resolves with the port. */
function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  opened.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

const call = (url: string) => ({ url, headers: { 'x-test': 'yes' }, body: 'körper' });

describe('a call', () => {
  test('arrives as it was written, and only the status of its answer is told', async () => {
    const got: unknown[] = [];
    const port = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (body) => got.push([request.method, request.headers['x-test'], body]));
      request.on('end', () => response.writeHead(202).end('x'.repeat(1_000_000)));
    });
    expect(await postOutside(call(`http://localhost:${String(port)}/`), { toLoopback: true })).toEqual({
      kind: 'answered',
      status: 202,
    });
    expect(got).toEqual([['POST', 'yes', 'körper']]);
  });

  test('never reaches this machine unless that is allowed, by name or by address', async () => {
    let calls = 0;
    const port = String(
      await serve((_request, response) => {
        calls += 1;
        response.end();
      }),
    );
    for (const host of ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '0.0.0.0'])
      expect(await postOutside(call(`http://${host}:${port}/`), { toLoopback: false })).toEqual({
        kind: 'failed',
        reason: 'forbidden-address',
      });
    expect(calls).toBe(0);
  });

  test('is made to none of the addresses of a host when one of them is not public', async () => {
    const resolve = (): Promise<Address[]> =>
      Promise.resolve([
        { address: '1.1.1.1', family: 4 },
        { address: '169.254.169.254', family: 4 },
      ]);
    expect(await postOutside(call('https://example.org/'), { toLoopback: true, resolve })).toEqual({
      kind: 'failed',
      reason: 'forbidden-address',
    });
  });

  test('connects to the address that was looked at, whatever the name means a moment later', async () => {
    const port = await serve((_request, response) => response.end());
    let asked = 0;
    const resolve = (): Promise<Address[]> => {
      asked += 1;
      return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '192.168.1.1', family: 4 }]);
    };
    const outcome = await postOutside(call(`http://rebinding.example:${String(port)}/`), { toLoopback: true, resolve });
    expect(outcome).toEqual({ kind: 'answered', status: 200 });
    expect(asked).toBe(1);
  });

  test('follows no redirect', async () => {
    let calls = 0;
    const port = await serve((_request, response) => {
      calls += 1;
      response.writeHead(307, { location: '/again' }).end();
    });
    const outcome = await postOutside(call(`http://127.0.0.1:${String(port)}/`), { toLoopback: true });
    expect(outcome).toEqual({ kind: 'answered', status: 307 });
    expect(calls).toBe(1);
  });

  test('is given up when nobody answers in time, and answered when only the rest of an answer is slow', async () => {
    const silent = await serve(() => undefined);
    const options = { toLoopback: true, timeoutMs: 100 };
    expect(await postOutside(call(`http://127.0.0.1:${String(silent)}/`), options)).toEqual({
      kind: 'failed',
      reason: 'timeout',
    });
    const slow = await serve((_request, response) => {
      response.writeHead(200);
      response.write('a beginning');
    });
    expect(await postOutside(call(`http://127.0.0.1:${String(slow)}/`), options)).toEqual({
      kind: 'answered',
      status: 200,
    });
  });

  test('is not made to whom nobody vouches for', async () => {
    // Comes with a certificate that it signed itself.
    const server = new SMTPServer({ secure: true, logger: false });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve();
      });
    });
    const address = server.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      expect(await postOutside(call(`https://localhost:${String(port)}/`), { toLoopback: true })).toEqual({
        kind: 'failed',
        reason: 'tls',
      });
    } finally {
      server.close();
    }
  });

  test('to where nobody listens, or to no host at all, says so', async () => {
    expect(await postOutside(call('http://127.0.0.1:1/'), { toLoopback: true })).toMatchObject({
      reason: 'unreachable',
    });
    const resolve = () => Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
    expect(await postOutside(call('https://example.org/'), { toLoopback: false, resolve })).toMatchObject({
      reason: 'no-such-host',
    });
  });
});
