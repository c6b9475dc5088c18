import { join } from 'node:path';
import { AccessService } from '../../core/access/access.service.ts';
import { hubSecrets } from '../../core/access/hub-secrets.ts';
import { onePepper } from '../../core/access/peppers.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER, type Role, sessionVariables } from '../../core/access/viewer.ts';
import { entities } from '../../core/entities.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { readOrMakeSecret } from '../../platform/secrets.ts';
import type { BenchHub } from '../world/hub.ts';

/** Who asks in a benchmark: by a key where the side signs in, and by the same session context where it does not. */
export interface Asking {
  readonly key: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A viewer with a key of its own; left out, a planner of the first actor. */
export async function makeViewer(
  hub: BenchHub,
  role: Role = 'planner',
  actorId: string | null = 'act_bench000000000',
): Promise<Asking> {
  const secrets = hubSecrets(await readOrMakeSecret(join(hub.folder, 'secrets'), 'hub'));
  const orm = await openOrm({ url: hub.logins.appUrl, entities, applicationName: 'concord-bench', poolSize: 2 });
  try {
    const access = new AccessService(orm, systemClock, systemRandomness, onePepper(secrets.pepper));
    const key = await new UnitOfWork(orm, systemClock, systemRandomness).run(HUB_VIEWER, async (work) => {
      const text = access.issue(work, { label: 'bench', role, actorId, environment: 'bench' });
      await work.em.flush();
      return text;
    });
    const viewer = await access.authenticate(key);
    if (viewer === null) throw new Error('the key just issued opens nothing');
    return { key, settings: sessionVariables(viewer) };
  } finally {
    await orm.close();
  }
}
