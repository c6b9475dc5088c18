import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { claimFolder, type OwnerLock } from '../../platform/owner-lock.ts';
import { PlainError } from '../../platform/plain-error.ts';
import { identifyProcess, isRunning } from '../../platform/process-identity.ts';
import { temporaryFolder } from './holder.ts';

async function leaveClaim(folder: string, claim: { pid: number; startedAt: string | null }): Promise<void> {
  await mkdir(join(folder, 'lock'), { recursive: true });
  await writeFile(join(folder, 'lock', '7.json'), JSON.stringify({ ...claim, released: false }));
}

/** A process that certainly existed and certainly does not any more. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('a folder has one owner, and the next only after it let go', async () => {
  const folder = await temporaryFolder(onTestFinished);
  const lock = await claimFolder(folder);
  await expect(claimFolder(folder)).rejects.toThrow(`${folder} is in use by this very process`);
  await lock.release();
  await expect(claimFolder(folder)).resolves.toBeDefined();
});

test('a live process of another kind keeps its folder', async () => {
  const folder = await temporaryFolder(onTestFinished);
  const parent = await identifyProcess(process.ppid);
  await leaveClaim(folder, { pid: process.ppid, startedAt: parent?.startedAt ?? null });
  await expect(claimFolder(folder)).rejects.toThrow(`${folder} is in use by process ${String(process.ppid)}:`);
});

test('the folder of a dead owner is free', async () => {
  const folder = await temporaryFolder(onTestFinished);
  await leaveClaim(folder, { pid: await deadPid(), startedAt: 'then:1' });
  await expect(claimFolder(folder)).resolves.toBeDefined();
});

test.runIf(process.platform === 'linux')('a process that merely got the dead owner’s number owns nothing', async () => {
  const folder = await temporaryFolder(onTestFinished);
  await leaveClaim(folder, { pid: process.ppid, startedAt: 'before the last boot:1' });
  await expect(claimFolder(folder)).resolves.toBeDefined();
});

test('of many who find the owner dead at once exactly one wins, round after round, and no debris grows', async () => {
  const folder = await temporaryFolder(onTestFinished);
  await leaveClaim(folder, { pid: await deadPid(), startedAt: 'then:1' });
  for (let round = 0; round < 20; round += 1) {
    const claims = await Promise.allSettled(Array.from({ length: 12 }, () => claimFolder(folder)));
    const won: OwnerLock[] = claims.flatMap((claim) => (claim.status === 'fulfilled' ? [claim.value] : []));
    expect(won).toHaveLength(1);
    expect(await readdir(join(folder, 'lock'))).toHaveLength(1);
    await won[0]?.release();
  }
});

test('while many come and go, nobody ever shares the folder', async () => {
  const folder = await temporaryFolder(onTestFinished);
  let [holders, most, turns] = [0, 0, 0];
  const comeAndGo = async (): Promise<void> => {
    for (let visit = 0; visit < 40; visit += 1) {
      const lock = await claimFolder(folder).catch((error: unknown) => {
        if (error instanceof PlainError) return null;
        throw error;
      });
      if (lock === null) continue;
      holders += 1;
      turns += 1;
      most = Math.max(most, holders);
      await nextTurn();
      holders -= 1;
      await lock.release();
    }
  };
  await Promise.all(Array.from({ length: 16 }, comeAndGo));
  expect(most).toBe(1);
  expect(turns).toBeGreaterThan(1);
});

test('a damaged claim blocks nobody', async () => {
  const folder = await temporaryFolder(onTestFinished);
  await mkdir(join(folder, 'lock'));
  await writeFile(join(folder, 'lock', '3.json'), '{"pid":');
  await expect(claimFolder(folder)).resolves.toBeDefined();
});

test.runIf(process.platform === 'linux')('a zombie counts as dead', async () => {
  // The child ends after the shell has become `sleep`, which knows of no child and leaves it unreaped.
  const shell = spawn('/bin/sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void shell.kill('SIGKILL'));
  const [line] = await once(shell.stdout, 'data');
  const zombie = Number(String(line));
  await expect.poll(() => identifyProcess(zombie)).toBeNull();
  expect(() => process.kill(zombie, 0)).not.toThrow();
});

test('a process is itself as long as it runs, and nobody once it ended', async () => {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  const identity = await identifyProcess(child.pid ?? 0);
  expect(identity !== null && (await isRunning(identity))).toBe(true);
  child.stdin.end();
  await once(child, 'exit');
  expect(identity !== null && (await isRunning(identity))).toBe(false);
});
