import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { JointTask, Problem } from './records.ts';

/** What each part of a joint campaign has to do. */
export class JointTasks {
  constructor(private readonly calls: Calls) {}

  /** Those of a joint campaign, by part, phase and day. Empty: before you accept, too. */
  async of(id: string, options?: CallOptions): Promise<readonly JointTask[]> {
    const { node } = await this.calls.read(documents.JointTasks, { id }, options);
    return node?.__typename === 'JointCampaign' ? node.tasks : [];
  }

  /** Adds one to your own part, or as the lead to any. @throws {ConcordProblemError} */
  add(input: documents.AddJointTaskInput, options?: CallOptions): Promise<JointTask> {
    return accepted(this.tryAdd(input, options));
  }

  /** Like `add`, with a problem as an answer. */
  tryAdd(input: documents.AddJointTaskInput, options?: CallOptions): Promise<JointTask | Problem> {
    return this.calls.create(documents.AddJointTask, input, options);
  }

  /** Says that it is done; drops it or opens it again, which the lead may too. @throws {ConcordProblemError} */
  settle(task: RecordRead, state: documents.JointTaskStatus, options?: CallOptions): Promise<JointTask> {
    return accepted(this.trySettle(task, state, options));
  }

  /** Like `settle`, with a problem as an answer. */
  trySettle(task: RecordRead, state: documents.JointTaskStatus, options?: CallOptions): Promise<JointTask | Problem> {
    return this.calls.change(documents.SettleJointTask, { ...asRead(task), state }, options);
  }
}
