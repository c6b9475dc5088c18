import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a server on this machine that can be cut or fall silent. */
export interface Proxy {
  readonly port: number;
  /** How many connections go through it now. */
  readonly connections: number;
  /** Resets one connection on both sides, as a router does that has forgotten it; the `index`-th of those that live. */
  reset(index: number): void;
  /** Lets nothing more through one connection, in either direction, and tells neither side: as a cut cable. */
  stall(index: number): void;
  /** Lets nothing through any connection, old or new, until the function it returns is called. */
  stallAll(): () => void;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** @param host the address at which it listens */
export async function startProxy(targetPort: number, host = '127.0.0.1'): Promise<Proxy> {
  const pairs = new Set<Pair>();
  let silent = false;
  const server = createServer({ pauseOnConnect: true }, (near) => {
    const far = connect(targetPort, '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    near.pipe(far);
    far.pipe(near);
    if (silent) hush(pair);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');

  const nth = (index: number): Pair | undefined => [...pairs][index % Math.max(1, pairs.size)];
  return {
    port: address.port,
    get connections() {
      return pairs.size;
    },
    reset: (index) => {
      const pair = nth(index);
      pair?.near.resetAndDestroy();
      pair?.far.resetAndDestroy();
    },
    stall: (index) => {
      const pair = nth(index);
      if (pair) hush(pair);
    },
    stallAll: () => {
      silent = true;
      const hushed = [...pairs];
      hushed.forEach(hush);
      return () => {
        silent = false;
        for (const pair of pairs) {
          pair.near.pipe(pair.far);
          pair.far.pipe(pair.near);
        }
      };
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await closed;
    },
  };
}

function hush({ near, far }: Pair): void {
  near.unpipe(far);
  far.unpipe(near);
  near.pause();
  far.pause();
}
