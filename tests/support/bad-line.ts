import { connect, createServer, type Socket } from 'node:net';
import { seededRandomness } from '../../platform/ids.ts';

/** What happened on a bad line. */
export interface LineFigures {
  /** Requests that came in. */
  requests: number;
  /** Connections reset before the hub had seen the request. */
  lostRequests: number;
  /** Connections reset after the hub had done what was asked, before its answer was through. */
  lostAnswers: number;
}

/** A TCP proxy before a hub that breaks connections. */
export interface BadLine {
  readonly url: string;
  readonly figures: LineFigures;
  /** From now on breaks each exchange with this probability, half of them before and half after the hub did its work. */
  breakUp(probability: number): void;
  /** Resets what is open, and refuses whatever comes until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A line to the hub at `url`; which exchanges break follows from the seed. One request of a test fits one packet. */
export async function badLine(url: string, seed: string): Promise<BadLine> {
  const { port } = new URL(url);
  const random = seededRandomness(seed);
  const draw = (): number => Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32;
  const figures: LineFigures = { requests: 0, lostRequests: 0, lostAnswers: 0 };
  const open = new Set<Socket>();
  let probability = 0;
  let isCut = false;

  const server = createServer((client) => {
    if (isCut) {
      client.resetAndDestroy();
      return;
    }
    const hub = connect(Number(port), '127.0.0.1');
    let losesAnswer = false;
    const reset = (): void => {
      client.resetAndDestroy();
      hub.destroy();
    };
    for (const [socket, other] of [
      [client, hub],
      [hub, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (request) => {
      figures.requests += 1;
      const fate = draw();
      if (fate < probability / 2) {
        figures.lostRequests += 1;
        reset();
        return;
      }
      losesAnswer = fate < probability;
      hub.write(request);
    });
    hub.on('data', (answer) => {
      if (!losesAnswer) {
        client.write(answer);
        return;
      }
      figures.lostAnswers += 1;
      // Every other time some of it gets through.
      if (draw() < 0.5) client.write(answer.subarray(0, answer.length / 2), reset);
      else reset();
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the line has no port');
  const resetAll = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    figures,
    breakUp: (share) => {
      probability = share;
    },
    cut: () => {
      isCut = true;
      resetAll();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      resetAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
