import type { RequestListener } from 'node:http';
import type { MikroORM } from '@mikro-orm/postgresql';
import { AccessService } from '../core/access/access.service.ts';
import { AuditLog } from '../core/access/audit-log.ts';
import type { HubSecrets } from '../core/access/hub-secrets.ts';
import { SignInAudit } from '../core/access/sign-in-audit.ts';
import type { UnitOfWork } from '../core/access/unit-of-work.ts';
import { queueNames } from '../core/jobs/contract.ts';
import { systemClock } from '../platform/clock.ts';
import { systemRandomness } from '../platform/ids.ts';
import type { Queues } from '../platform/queue/queues.ts';
import { BOARD_PATH, jobBoard } from './job-board.ts';

export interface BoardOptions {
  /** On the app login: who opens the board is looked up, and noted, as any request is. */
  readonly orm: MikroORM;
  readonly unitOfWork: UnitOfWork;
  readonly secrets: HubSecrets;
  readonly queues: Queues;
}

/** The board of the queues, for the port of operators. Only a process that works on jobs has one: others cannot reach the queues. */
export function boardPages({ orm, unitOfWork, secrets, queues }: BoardOptions): Record<string, RequestListener> {
  const audit = new SignInAudit(new AuditLog(unitOfWork), systemClock);
  const access = new AccessService(orm, systemClock, systemRandomness, secrets.pepper, (event) => audit.hear(event));
  return { [BOARD_PATH]: jobBoard({ queues, names: queueNames, access }) };
}
