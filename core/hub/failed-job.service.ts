import { z } from 'zod';
import { record } from '../access/audit.ts';
import type { UnitOfWork } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate } from '../access/viewer.ts';
import { type Ask, askFor } from '../jobs/failed-job.rows.ts';
import { type Outcome, forbidden, invalid, notFound, saved } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { parse } from '../parse.ts';

const failedJobTarget = z.strictObject({ id: z.string().min(1).max(200) });

/** Has the worker see to jobs that failed: requests cannot reach the queues themselves. */
export class FailedJobService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The job begins anew, with all its attempts, in a moment. Doing it twice is doing it once. */
  retry(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.ask(viewer, input, 'retry');
  }

  /** The job is removed from its queue, in a moment. What it was to do is not done. Doing it twice is doing it once. */
  discard(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.ask(viewer, input, 'discard');
  }

  private ask(viewer: Viewer, input: unknown, ask: Ask): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(failedJobTarget, input);
      if (!parsed.ok) return invalid(parsed.issues);
      if (!mayCurate(viewer)) return forbidden('Only coordinators see to jobs that failed.');
      const { id } = parsed.value;
      if (!(await askFor(work.em, id, ask))) return notFound(id);
      await append(work.em, { kind: 'failed-job.asked', id });
      await record(work, ask === 'retry' ? 'job.retried' : 'job.discarded', id);
      return saved(id);
    });
  }
}
