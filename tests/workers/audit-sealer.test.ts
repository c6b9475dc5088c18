import { afterEach, beforeEach, expect, test } from 'vitest';
import { record } from '../../core/access/audit.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { verifyAudit } from '../../core/audit/verify.ts';
import { systemClock } from '../../platform/clock.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { type World, openWorld } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

test('what is committed is sealed by whichever process comes first, in one chain', async () => {
  await Promise.all([world.start([]), world.start([])]);
  const uow = new UnitOfWork(world.orm, systemClock, systemRandomness);
  const verify = () => uow.look(HUB_VIEWER, (work) => verifyAudit(work));
  const before = await verify();
  for (let sealed = 1; sealed <= 2; sealed += 1) {
    await world.transaction((work) => record(work, 'programme.revised', 'prg_example'));
    await expect
      .poll(verify, { timeout: 10_000 })
      .toMatchObject({ rows: before.rows + sealed, waiting: 0, firstBreak: null });
  }
  expect(world.logged.join('')).not.toContain('could not seal');
});

test('what could not be sealed is told once and sealed later', async () => {
  await world.admin('revoke insert on app.audit_seal from concord_worker');
  await world.transaction((work) => record(work, 'programme.revised', 'prg_example'));
  await world.start([]);
  const complaints = (): number => world.logged.filter((line) => line.includes('could not seal the audit')).length;
  await expect.poll(complaints, { timeout: 10_000 }).toBe(1);
  await world.admin('grant insert on app.audit_seal to concord_worker');
  await expect
    .poll(() => world.admin('select count(*)::int as waiting from app.audit_unsealed'), { timeout: 10_000 })
    .toEqual([{ waiting: 0 }]);
  expect(complaints()).toBe(1);
});
