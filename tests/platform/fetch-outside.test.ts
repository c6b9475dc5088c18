import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FetchOptions, type FetchOutcome, fetchOutside } from '../../platform/fetch-outside.ts';
import type { Address } from '../../platform/outside-guard.ts';
import { type OutsideHost, outsideHost } from '../support/https-server.ts';

let host: OutsideHost;
let answer: RequestListener;
let asked: string[] = [];

beforeAll(async () => {
  host = await outsideHost((request, response) => {
    asked.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
    answer(request, response);
  });
});
afterAll(() => {
  host.close();
});
beforeEach(() => {
  asked = [];
  answer = (_request, response) => response.end('BEGIN:VCALENDAR');
});

const NOTHING_KNOWN = { etag: null, lastModified: null };
const get = (path: string, options: Partial<FetchOptions> = {}): Promise<FetchOutcome> =>
  fetchOutside(path.startsWith('https:') ? path : `${host.url}${path}`, NOTHING_KNOWN, { ...host.options, ...options });
const failed = (reason: string): object => ({ kind: 'failed', reason });

/** Sends whoever asks for the first path to a location. */
const redirectTo =
  (location: string): RequestListener =>
  (request, response) => {
    if (request.url === '/from') response.writeHead(302, { location }).end();
    else response.end('there');
  };

describe('what is fetched', () => {
  test('comes with what tells its version, and not again while that stands', async () => {
    answer = (request, response) => {
      if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"7"', 'last-modified': 'Sun, 01 Mar 2026 00:00:00 GMT' }).end('ics');
    };
    const first = await get('/a.ics');
    if (first.kind !== 'fetched') throw new Error(first.kind);
    expect(Buffer.from(first.bytes).toString()).toBe('ics');
    expect(first.validators).toEqual({ etag: '"7"', lastModified: 'Sun, 01 Mar 2026 00:00:00 GMT' });
    expect(await fetchOutside(`${host.url}/a.ics`, first.validators, host.options)).toEqual({ kind: 'not-modified' });
  });

  test('other answers are told by their status', async () => {
    answer = (_request, response) => response.writeHead(503, { 'retry-after': '120' }).end('x'.repeat(5_000_000));
    expect(await get('/')).toEqual({ kind: 'answered', status: 503, retryAfterS: 120 });
  });

  test('follows three redirects, and not a fourth', async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(307, { location: `/${String(left - 1)}` }).end();
      else response.end('there');
    };
    expect(await get('/3')).toMatchObject({ kind: 'fetched' });
    expect(await get('/4')).toEqual(failed('too-many-redirects'));
    expect(asked).toHaveLength(8);
  });

  test('is a megabyte at most', async () => {
    answer = (_request, response) => response.end('x'.repeat(1_000_000));
    expect(await get('/')).toMatchObject({ kind: 'fetched' });
    answer = (_request, response) => response.end('x'.repeat(1_000_001));
    expect(await get('/')).toEqual(failed('too-large'));
  });

  test('is not waited for longer than allowed, whatever drips in', async () => {
    answer = (_request, response) => {
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => {
        clearInterval(drip);
      });
    };
    expect(await get('/', { timeoutMs: 200 })).toEqual(failed('timeout'));
    answer = () => undefined;
    expect(await get('/', { timeoutMs: 200 })).toEqual(failed('timeout'));
  });

  test('is not compressed: what unpacks to more than was allowed would be found too late', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end();
    expect(await get('/')).toEqual(failed('compressed'));
  });

  test('needs a certificate that somebody vouches for, of that very name', async () => {
    const { mayCall, resolve, port } = host.options;
    expect(await fetchOutside(`${host.url}/`, NOTHING_KNOWN, { mayCall, resolve, port })).toEqual(failed('tls'));
    expect(await get(`https://stranger.example:${host.port}/`)).toEqual(failed('tls'));
    expect(asked).toEqual([]);
  });
});

describe('our own network is out of reach', () => {
  test.each([
    'http://calendar.example/',
    'https://calendar.example:8443/',
    'https://me:secret@calendar.example/',
    'file:///etc/passwd',
    'https://',
  ])('%s is not even tried', async (url) => {
    expect(await fetchOutside(url, NOTHING_KNOWN)).toEqual(failed('forbidden-url'));
    answer = redirectTo(url);
    expect(await get('/from')).toMatchObject({ kind: 'failed' });
    expect(asked).toHaveLength(1);
  });

  test.each(['127.0.0.2', '10.0.0.1', '169.254.169.254', '[::1]', '[::ffff:10.0.0.1]', '0x7f000002', '2130706434'])(
    'not at %s, nor by a redirect there',
    async (address) => {
      expect(await get(`https://${address}:${host.port}/`)).toEqual(failed('forbidden-address'));
      answer = redirectTo(`https://${address}:${host.port}/secret`);
      expect(await get('/from')).toEqual(failed('forbidden-address'));
      expect(asked).toHaveLength(1);
    },
  );

  test('not by a name that resolves there, at the first hop or a later one', async () => {
    const private_ = { address: '127.0.0.2', family: 4 };
    const resolve = (name: string): Promise<Address[]> =>
      Promise.resolve([{ address: '127.0.0.1', family: 4 }, ...(name === 'other.example' ? [private_] : [])]);
    answer = redirectTo(`https://other.example:${host.port}/secret`);
    expect(await get('/from', { resolve })).toEqual(failed('forbidden-address'));
    expect(await get(`https://other.example:${host.port}/`, { resolve })).toEqual(failed('forbidden-address'));
    expect(asked).toEqual([`calendar.example:${host.port}/from`]);
  });

  test('not by a name that means something else a moment later', async () => {
    let reached = 0;
    const inside = createServer((socket) => {
      reached += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => {
      inside.listen(Number(host.port), '127.0.0.2', () => {
        resolve();
      });
    });
    try {
      let lookups = 0;
      // The first answer is fit to be connected to, all later ones lead inside.
      const resolve = (): Promise<Address[]> => {
        lookups += 1;
        return Promise.resolve([{ address: lookups === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
      };
      answer = redirectTo('/again');
      expect(await get('/from', { resolve })).toEqual(failed('forbidden-address'));
      expect([lookups, reached, asked.length]).toEqual([2, 0, 1]);
    } finally {
      inside.close();
    }
  });
});
