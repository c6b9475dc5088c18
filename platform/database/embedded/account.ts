import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf, PlainError } from '../../plain-error.ts';

/** Whom PostgreSQL's programs run as; null means as ourselves. PostgreSQL refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number } | null;

const CANDIDATES = ['postgres', 'nobody'];

/**
 * The account for a cluster folder: ourselves, unless we are root; then the owner of what is already there, else
 * `postgres` or `nobody`.
 * @throws PlainError when the cluster belongs to somebody we cannot act as, or root finds no ordinary account.
 */
export async function chooseAccount(clusterFolder: string): Promise<Account> {
  const self = process.geteuid?.();
  if (self === undefined) return null;
  const owner = await stat(clusterFolder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (self !== 0) {
    if (owner === null || owner.uid === self) return null;
    throw new PlainError(
      `The database in ${clusterFolder} belongs to user ${String(owner.uid)}, but this process is user ${String(self)}: ` +
        'start it as that user or as root, or set CONCORD_DATA to another folder.',
    );
  }
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const candidate of CANDIDATES) {
    const account = findAccount(accounts, candidate);
    if (account !== null) return account;
  }
  throw new PlainError(
    `PostgreSQL refuses to run as root, and neither ${CANDIDATES.join(' nor ')} is an account of this system: ` +
      'start Concord as an ordinary user, or set DATABASE_URL to a PostgreSQL that is already running.',
  );
}

function findAccount(passwd: string, name: string): Account {
  for (const line of passwd.split('\n')) {
    const [login, , uid, gid] = line.split(':');
    if (login === name && uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

/**
 * Whether the account may pass through every folder down to and including the path, by the mode bits alone (access
 * lists can only make it wrong towards caution for the usual 0700 home).
 */
export async function canReach(path: string, account: Account): Promise<boolean> {
  if (account === null) return true;
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder);
    const executeBit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
    if ((found.mode & executeBit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
