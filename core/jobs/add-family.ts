import type { Queues } from '../../platform/queue/queues.ts';
import type { KeyedJob } from './add-jobs.ts';
import type { JobRequest } from './contract.ts';
import { jobOptions } from './job-options.ts';

/**
 * Adds jobs and one that runs when all of them are done; when one of them fails for good, it fails as well. All or none; those that
 * exist already stay as they are.
 */
export async function addFamily(queues: Queues, parent: KeyedJob, children: readonly KeyedJob[]): Promise<void> {
  const toJob = ({ request, key }: { readonly request: JobRequest; readonly key: string }) => ({
    name: request.queue,
    queueName: request.queue,
    data: request.payload,
    opts: jobOptions(request, key),
  });
  await queues.flows().add({
    ...toJob(parent),
    children: children.map((child) => {
      const job = toJob(child);
      return { ...job, opts: { ...job.opts, failParentOnFailure: true } };
    }),
  });
}
