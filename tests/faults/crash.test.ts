import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { crash } from '../../faults/crash/crash.ts';

const MINUTE = 60_000;

beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}, 2 * MINUTE);

test(
  'whoever of server, worker, relay and PostgreSQL is killed, nothing confirmed is lost and nothing is done twice',
  async () => {
    const said: string[] = [];
    const finding = await crash({ seed: 7, smoke: true, untimed: true, say: (words) => said.push(words) });
    expect(finding.kept, [...said, finding.measured].join('\n')).toBe(true);
  },
  10 * MINUTE,
);
