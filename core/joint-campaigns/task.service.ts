import { once } from '../access/idempotency.ts';
import type { UnitOfWork } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Outcome, invalid, notFound, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import { decide } from './decisions.ts';
import { addTaskInput, settleTaskInput } from './joint-campaign.input.ts';
import { attempt, onJointOf, onPart, whoIn } from './standing.ts';
import { TASK_MOVES, type TaskMove, type TaskState, move } from './states.ts';
import { findTask, insertTask, updateTask } from './task.rows.ts';

const MOVE_TO: Readonly<Record<TaskState, TaskMove>> = { open: 'reopen', done: 'finish', dropped: 'drop' };

/** What there is to do for each part, beside what its role brings with it. */
export class TaskService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Adds a task to an accepted part: to one's own, or as the lead to any. */
  add(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(addTaskInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { clientMutationKey: key, ...fields } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      once(work, { operation: 'addJointTask', key, input: fields }, () =>
        onPart(work, { id: fields.part }, 'addTask', async (joint, part) => {
          const { title, phase, dueFrom, dueAfterDays, required } = fields;
          const id = await insertTask(work, joint.id, part.id, {
            template: null,
            title,
            phase,
            dueFrom: dueFrom ?? 'start',
            dueAfterDays,
            required: required ?? false,
          });
          await decide(work, joint, { code: 'TASK_ADDED', parameters: { PART: part.id, TASK: id } });
          return saved(id);
        }),
      ),
    );
  }

  /** Says that a task is done or dropped, or opens it again. Only the owner of its part says that it is done. */
  settle(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(settleTaskInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion, state } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      onJointOf(work, 'joint_task', id, async (joint) => {
        const task = await findTask(work, id);
        if (task === null) return notFound(id);
        const who = whoIn(joint);
        if (who.has('member') && joint.parts.some((part) => part.mine && part.id === task.partId)) who.add('owner');
        const standing = { state: task.state, around: joint.state, who };
        const moved = attempt(move(TASK_MOVES, MOVE_TO[state], 'The task', standing), expectedVersion, task.version);
        if (moved.kind !== 'moved') return moved;
        await updateTask(work, id, moved.to);
        await decide(work, joint, { code: 'TASK_SETTLED', parameters: { TASK: id, STATE: moved.to.toUpperCase() } });
        return saved(id);
      }),
    );
  }
}
