import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { codeOf, PlainError } from './plain-error.ts';
import { identifyProcess, isRunning } from './process-identity.ts';

/** A folder that belongs to this process until it lets go or ends. */
export interface OwnerLock {
  release(): Promise<void>;
}

const claimSchema = z.object({
  pid: z.int().positive(),
  startedAt: z.string().nullable(),
  released: z.boolean(),
});
type Claim = z.infer<typeof claimSchema>;

/**
 * Makes this process the one owner of a folder.
 *
 * Claims are numbered files; only the highest counts. Whoever finds its owner gone creates the next number, which the
 * file system grants to one of many, and nobody ever removes the highest: so two cannot both win. (With a single
 * file, removing what a dead owner left may hit the claim that has just replaced it.)
 * @throws PlainError naming the owner's pid while it runs.
 */
export async function claimFolder(folder: string): Promise<OwnerLock> {
  const lockFolder = join(folder, 'lock');
  await mkdir(lockFolder, { recursive: true });
  for (;;) {
    const highest = Math.max(0, ...(await claimNumbers(lockFolder)));
    const owner = highest === 0 ? null : await readClaim(lockFolder, highest);
    if (owner !== null && !owner.released && (await isRunning(owner))) throw takenBy(owner.pid, folder);

    const mine = await ownClaim();
    const number = highest + 1;
    if (!(await createClaim(lockFolder, number, mine))) continue;
    const numbers = await claimNumbers(lockFolder);
    if (Math.max(...numbers) > number) {
      // We acted on an old listing: others had claimed, let go and tidied up in between.
      await rm(claimFile(lockFolder, number), { force: true });
      continue;
    }
    for (const older of numbers) if (older < number) await rm(claimFile(lockFolder, older), { force: true });
    return { release: () => markReleased(lockFolder, number, mine) };
  }
}

function takenBy(pid: number, folder: string): PlainError {
  const who = pid === process.pid ? 'this very process' : `process ${String(pid)}`;
  return new PlainError(
    `${resolve(folder)} is in use by ${who}: stop that one first, or set CONCORD_DATA to another folder.`,
  );
}

function claimFile(lockFolder: string, number: number): string {
  return join(lockFolder, `${String(number)}.json`);
}

async function claimNumbers(lockFolder: string): Promise<number[]> {
  const names = await readdir(lockFolder);
  return names.flatMap((name) => (/^\d+\.json$/.test(name) ? [Number.parseInt(name, 10)] : []));
}

/** The claim of that number; null when it is unreadable, which only a damaged disk or a curious editor brings about. */
async function readClaim(lockFolder: string, number: number): Promise<Claim | null> {
  try {
    return claimSchema.parse(JSON.parse(await readFile(claimFile(lockFolder, number), 'utf8')));
  } catch {
    return null;
  }
}

async function ownClaim(): Promise<Claim> {
  const self = await identifyProcess(process.pid);
  return { pid: process.pid, startedAt: self?.startedAt ?? null, released: false };
}

async function createClaim(lockFolder: string, number: number, claim: Claim): Promise<boolean> {
  const draft = draftFile(lockFolder);
  try {
    await writeFile(draft, toJson(claim));
    // A link appears whole or not at all, and never replaces what is there.
    await link(draft, claimFile(lockFolder, number));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Best effort: where it cannot be written (a full disk), the end of this process lets go all the same. */
async function markReleased(lockFolder: string, number: number, claim: Claim): Promise<void> {
  const draft = draftFile(lockFolder);
  try {
    await writeFile(draft, toJson({ ...claim, released: true }));
    await rename(draft, claimFile(lockFolder, number));
  } catch {
    await rm(draft, { force: true });
  }
}

function draftFile(lockFolder: string): string {
  return join(lockFolder, `${randomUUID()}.draft`);
}

function toJson(claim: Claim): string {
  return `${JSON.stringify(claim)}\n`;
}
