import type { Command } from 'commander';
import { Concord } from '../index.ts';
import { loginFile, readLogin } from './login-file.ts';
import { Refusal } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Aborted when the user wants no more. */
  readonly signal: AbortSignal;
  /** Everything that comes by standard input. */
  readInput(): Promise<string>;
}

/** Options of `concord` itself, which every command has. */
interface CommonOptions {
  readonly url?: string;
  readonly actor?: string;
  readonly json?: true;
}

/** A command at work: the hub it talks to, and how it shows what it finds. */
export interface Session extends Surroundings {
  readonly hub: Concord;
  /** Results as JSON instead of for people. */
  readonly isJson: boolean;
}

/** Which hub and as whom: options, then the environment, then what `concord login` kept. */
export async function openSession(command: Command, surroundings: Surroundings): Promise<Session> {
  const { environment } = surroundings;
  const options = command.optsWithGlobals<CommonOptions>();
  const login = await readLogin(loginFile(environment));
  const url = options.url ?? environment['CONCORD_URL'] ?? login?.url;
  const apiKey = environment['CONCORD_API_KEY'] ?? login?.apiKey;
  if (url === undefined || apiKey === undefined) {
    throw new Refusal('Which hub, and with which key? Run `concord login`, or set CONCORD_URL and CONCORD_API_KEY.');
  }
  // A key is for the hub that issued it: sent to another address, it would be given away.
  if (environment['CONCORD_API_KEY'] === undefined && login !== null && !isSameHub(url, login.url)) {
    throw new Refusal(`The stored login is for ${login.url}, not for ${url}: log in there, or set CONCORD_API_KEY.`);
  }
  const actor = options.actor ?? environment['CONCORD_ACTOR'];
  return { ...surroundings, hub: new Concord({ url, apiKey, actor }), isJson: options.json === true };
}

function isSameHub(one: string, other: string): boolean {
  return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}
