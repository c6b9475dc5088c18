import { type Command, InvalidArgumentError } from 'commander';
import { record } from '../../core/access/audit.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { type QueueName, queueNames } from '../../core/jobs/contract.ts';
import {
  type FailedJob,
  type JobFate,
  countFailed,
  discardFailed,
  listFailed,
  retryFailed,
} from '../../core/jobs/failed-jobs.ts';
import { PlainError } from '../../platform/plain-error.ts';
import type { OpenHub } from '../open-hub.ts';
import type { Opening } from './program.ts';
import { counted, say, sayJson, withHub } from './with-hub.ts';

/** Jobs that one command shows or moves of a queue: the rest by giving it again. */
const AT_ONCE = 1_000;

export function addJobs(program: Command, open: Opening): void {
  const jobs = program.command('jobs').description('Background work that used up its attempts and waits for a person.');
  jobs
    .command('list', { isDefault: true })
    .description('Lists failed jobs, of each queue the latest first.')
    .option('--queue <name>', 'of this queue alone', queueName)
    .option('--json', 'as JSON')
    .action(async ({ queue, json }: { readonly queue?: QueueName; readonly json?: true }) => {
      const failed = await withHub(open, (hub) => failedIn(hub, queue));
      if (json) sayJson(failed);
      else if (failed.length === 0) say('No failed jobs.');
      else
        failed.forEach((job) => {
          say(line(job));
        });
    });
  move(jobs, open, {
    name: 'retry',
    description: 'Puts failed jobs back into their queues and waits until they have run.',
    action: 'job.retried',
    act: (hub, job) => retryFailed(hub.workers.queues, job.queue, job.id),
    after: (hub) => hub.quiet(),
  });
  move(jobs, open, {
    name: 'discard',
    description:
      'Gives failed jobs up for good. What they were to do is left undone: `reconcile --repair` makes up for matching.',
    action: 'job.discarded',
    act: (hub, job) => discardFailed(hub.workers.queues, job.queue, job.id),
    after: () => Promise.resolve(),
  });
}

interface Move {
  readonly name: 'retry' | 'discard';
  readonly description: string;
  /** For the audit. */
  readonly action: string;
  act(hub: OpenHub, job: JobName): Promise<JobFate>;
  after(hub: OpenHub): Promise<void>;
}

type JobName = Pick<FailedJob, 'queue' | 'id'>;

function move(jobs: Command, open: Opening, { name, description, action, act, after }: Move): void {
  jobs
    .command(name)
    .description(description)
    .argument('[jobs...]', 'which, as `list` names them: queue/id', jobNames)
    .option('--queue <name>', 'all failed ones of this queue', queueName)
    .option('--all', 'all failed ones')
    .action(async (named: readonly JobName[], { queue, all }: { readonly queue?: QueueName; readonly all?: true }) => {
      if ([named.length > 0, queue !== undefined, all === true].filter(Boolean).length !== 1)
        throw new PlainError(`Say which jobs to ${name}: by name (queue/id), or --queue NAME, or --all.`);
      await withHub(open, async (hub) => {
        const wanted = named.length > 0 ? named : await failedIn(hub, queue);
        const moved: JobName[] = [];
        const gone: JobName[] = [];
        for (const job of wanted) ((await act(hub, job)) === 'gone' ? gone : moved).push(job);
        await hub.services.unitOfWork.run(HUB_VIEWER, async (work) => {
          for (const { queue: from, id } of moved) await record(work, action, from, { job: id.slice(0, 64) });
        });
        await after(hub);
        say(`${counted(moved.length, 'job')} ${name === 'retry' ? 'retried' : 'discarded'}.`);
        const left = name === 'retry' ? await stillFailed(hub, moved) : [];
        left.forEach((job) => {
          say(`failed again: ${line(job)}`);
        });
        gone.forEach(({ queue: from, id }) => {
          say(`not there, or not failed: ${from}/${id}`);
        });
        if (left.length + gone.length > 0) process.exitCode = 1;
      });
    });
}

async function failedIn({ workers: { queues } }: OpenHub, queue?: QueueName): Promise<readonly FailedJob[]> {
  const names = queue === undefined ? [...(await countFailed(queues)).keys()] : [queue];
  return (await Promise.all(names.map((name) => listFailed(queues, name, { limit: AT_ONCE })))).flat();
}

async function stillFailed(hub: OpenHub, moved: readonly JobName[]): Promise<readonly FailedJob[]> {
  const names = new Set(moved.map(({ queue, id }) => `${queue}/${id}`));
  return (await failedIn(hub)).filter(({ queue, id }) => names.has(`${queue}/${id}`));
}

function line({ queue, id, failedAt, attempts, reason, payload }: FailedJob): string {
  return `${queue}/${id}  ${failedAt ?? 'at an unknown time'}  after ${counted(attempts, 'attempt')}: ${reason}  ${JSON.stringify(payload)}`;
}

function queueName(given: string): QueueName {
  const name = queueNames.find((known) => known === given);
  if (name === undefined) throw new InvalidArgumentError(`The queues are ${queueNames.join(', ')}.`);
  return name;
}

function jobNames(given: string, earlier: readonly JobName[] | undefined): readonly JobName[] {
  const [, queue = '', id = ''] = /^([a-z-]+)\/(.+)$/.exec(given) ?? [];
  if (id === '') throw new InvalidArgumentError('A job is named queue/id, such as match-footprint/outbox-17.');
  return [...(earlier ?? []), { queue: queueName(queue), id }];
}
