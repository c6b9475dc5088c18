import type { UnitOfWork } from '../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../core/access/viewer.ts';
import { ROWS_PER_SEAL, sealWaiting } from '../core/audit/sealing.ts';
import type { Log } from '../platform/log.ts';
import { describeFault } from './runtime/fault.ts';
import { Pulse } from './runtime/pulse.ts';

/** What is younger than this may still be changed without a trace by who owns the database; a seal costs some milliseconds. */
const EVERY_MS = 1_000;

export interface SealerDeps {
  /** On the worker login. */
  readonly uow: UnitOfWork;
  readonly log: Log;
}

/**
 * Seals the audit once a second for as long as the process lives. Any number may run side by side: one seals at a time, the
 * others pass. A failure is logged once per silence; what was not sealed is sealed later.
 */
export function startAuditSealer(deps: SealerDeps): { close(): Promise<void> } {
  const stop = new AbortController();
  const loop = sealUntil(stop.signal, deps);
  return {
    close: async () => {
      stop.abort();
      await loop;
    },
  };
}

async function sealUntil(stop: AbortSignal, { uow, log }: SealerDeps): Promise<void> {
  const never = new Pulse();
  let silent = false;
  while (!stop.aborted) {
    let sealed = 0;
    try {
      sealed = await uow.run(HUB_VIEWER, (work) => sealWaiting(work));
      silent = false;
    } catch (error) {
      if (!silent) log.error({ reason: describeFault(error) }, 'could not seal the audit');
      silent = true;
    }
    if (sealed < ROWS_PER_SEAL) await never.wait(EVERY_MS, stop);
  }
}
