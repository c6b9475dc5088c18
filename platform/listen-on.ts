import type { Server } from 'node:http';
import { messageOf, PlainError } from './plain-error.ts';

export interface Address {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where an operator says which port it is. */
  readonly variable: string;
}

/** Listens; resolves with the port. @throws {PlainError} in a sentence for people when the address cannot be had. */
export function listenOn(http: Server, { host, port, variable }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `another program listens there already; set ${variable} to another number`
          : messageOf(error);
      reject(new PlainError(`Cannot listen on ${host}:${String(port)}: ${why}.`));
    });
    http.listen(port, host, () => {
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
