import type { RequestListener } from 'node:http';
import type { MikroORM } from '@mikro-orm/postgresql';
import { AccessService } from '../core/access/access.service.ts';
import { AuditLog } from '../core/access/audit-log.ts';
import type { Peppers } from '../core/access/peppers.ts';
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
  readonly peppers: Peppers;
  readonly queues: Queues;
}

/** The board of the queues, for the port of operators. Only a process that works on jobs has one: others cannot reach the queues. */
export function boardPages({ orm, unitOfWork, peppers, queues }: BoardOptions): Record<string, RequestListener> {
  const audit = new SignInAudit(new AuditLog(unitOfWork), systemClock);
  const access = new AccessService(orm, systemClock, systemRandomness, peppers, (event) => audit.hear(event));
  return { [BOARD_PATH]: jobBoard({ queues, names: queueNames, access }) };
}
