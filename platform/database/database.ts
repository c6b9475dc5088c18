import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { codeOf, messageOf, PlainError } from '../plain-error.ts';
import { startEmbedded } from './embedded.ts';
import { checkLogins, ensureLogins, type Logins } from './logins.ts';

export interface Database {
  readonly kind: 'embedded' | 'given';
  readonly logins: Logins;
  /** Stops an embedded PostgreSQL; a given one is left alone. */
  stop(): Promise<void>;
}

/**
 * Gives the three logins on the PostgreSQL of the configuration, starting the embedded one where none is given.
 * @param onExit called once with a sentence for people when the embedded PostgreSQL ends by itself.
 * @throws PlainError whenever there will be no usable database.
 */
export async function openDatabase(config: Config, log: Log, onExit: (sentence: string) => void): Promise<Database> {
  const secretsFolder = join(config.dataFolder, 'secrets');
  switch (config.database.kind) {
    case 'embedded': {
      const embedded = await startEmbedded({ folder: config.dataFolder, log, durable: true, onExit });
      try {
        const logins = await ensureLogins(embedded.adminUrl, secretsFolder);
        return { kind: 'embedded', logins, stop: () => embedded.stop() };
      } catch (error) {
        await embedded.stop();
        throw error;
      }
    }
    case 'one-login': {
      const { url } = config.database;
      const logins = await reaching('DATABASE_URL', () => ensureLogins(url, secretsFolder));
      return { kind: 'given', logins, stop: () => Promise.resolve() };
    }
    case 'three-logins': {
      const { appUrl, workerUrl, migratorUrl } = config.database;
      const variables = 'DATABASE_URL, DATABASE_WORKER_URL and DATABASE_ADMIN_URL';
      const logins = await reaching(variables, () => checkLogins({ appUrl, workerUrl, migratorUrl }));
      return { kind: 'given', logins, stop: () => Promise.resolve() };
    }
  }
}

/** What the system or PostgreSQL says when nobody can be reached or let in: not a fault of ours. */
const UNREACHABLE = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT'],
  // wrong user or password, no such database, too many connections, starting up or shutting down
  ...['28P01', '28000', '3D000', '53300', '57P03'],
]);

async function reaching<T>(variables: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!UNREACHABLE.has(codeOf(error) ?? '')) throw error;
    // A failed connection to both addresses of a name has no message of its own.
    const reason = messageOf(error) || codeOf(error);
    throw new PlainError(`PostgreSQL cannot be reached with ${variables}: ${String(reason)}.`);
  }
}
