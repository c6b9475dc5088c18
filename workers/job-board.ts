import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Job, Queue } from 'bullmq';
import express, { type Express, type RequestHandler } from 'express';
import type { AccessService } from '../core/access/access.service.ts';
import type { QueueName } from '../core/jobs/contract.ts';
import type { Queues } from '../platform/queue/queues.ts';

/** Where the board stands; its page asks for everything below. */
export const BOARD_PATH = '/jobs';

/** The board names a font of another host: nothing leaves the operator's browser but for the board itself. */
const NOTHING_FROM_ELSEWHERE =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

/**
 * A page of the queues for operators: what waits, runs and failed, and why. It only shows, and no payload: what changes something goes
 * through `retryJob` and `discardJob`, where it is audited. To be opened with the key of a coordinator that has the scope OPERATE.
 */
export function jobBoard(options: {
  readonly queues: Queues;
  readonly names: readonly QueueName[];
  readonly access: Pick<AccessService, 'authenticate'>;
}): Express {
  const board = new ExpressAdapter();
  board.setBasePath(BOARD_PATH);
  createBullBoard({
    queues: options.names.map((name) => blind(options.queues.queue(name) as unknown as Queue)),
    serverAdapter: board,
    options: { uiConfig: { boardTitle: 'Concord', hideRedisDetails: true } },
  });
  const app = express();
  app.disable('x-powered-by');
  app.use(BOARD_PATH, onlyOperators(options.access), board.getRouter() as Express);
  return app;
}

/**
 * Jobs without what they are about: a coordinator may not know of a record, nor that somebody answered a suggestion. Options name it too,
 * where jobs are deduplicated by it.
 */
class BlindAdapter extends BullMQAdapter {
  override async getJob(id: string): Promise<Job | undefined> {
    const job = await super.getJob(id);
    return job && blinded(job);
  }

  override async getJobs(...which: Parameters<BullMQAdapter['getJobs']>): Promise<Job[]> {
    return (await super.getJobs(...which)).map(blinded);
  }
}

function blinded(job: Job): Job {
  job.data = null;
  job.opts = { ...(job.opts.attempts !== undefined && { attempts: job.opts.attempts }) };
  delete job.deduplicationId;
  return job;
}

function blind(queue: Queue): BullMQAdapter {
  const adapter = new BlindAdapter(queue, { readOnlyMode: true });
  for (const field of ['data', 'returnValue', 'progress'] as const) adapter.setFormatter(field, () => 'not shown');
  return adapter;
}

/** By Basic authentication, because a browser is to open it: any user name, and the key as password. Nothing here can be changed by it. */
function onlyOperators(access: Pick<AccessService, 'authenticate'>): RequestHandler {
  return async (request, response, next) => {
    response.setHeader('content-security-policy', NOTHING_FROM_ELSEWHERE);
    response.setHeader('cache-control', 'no-store');
    const key = keyOf(request.get('authorization') ?? '');
    const viewer = key === null ? null : await access.authenticate(key);
    if (viewer === null) {
      response.status(401).setHeader('www-authenticate', 'Basic realm="Concord jobs", charset="UTF-8"').end();
    } else if (viewer.role !== 'coordinator' || !viewer.scopes.includes('operate')) {
      response.status(403).type('text').send('The board is for coordinators whose key has the scope OPERATE.');
    } else next();
  };
}

function keyOf(authorization: string): string | null {
  const [scheme = '', credentials = ''] = authorization.split(' ');
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return null;
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
