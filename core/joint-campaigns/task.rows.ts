import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Joint, KnownPart } from './joint-campaign.rows.ts';
import type { TaskState } from './states.ts';
import { type TaskPhase, templatesFor } from './task-templates.ts';

export interface NewTask {
  readonly template: string | null;
  readonly title: string;
  readonly phase: TaskPhase;
  readonly dueFrom: 'start' | 'end';
  readonly dueAfterDays: number;
  readonly required: boolean;
}

/** Gives a part that was just accepted what there is to do in its role, by phase. */
export async function giveTasks(work: Work, joint: Joint, part: KnownPart): Promise<void> {
  for (const { code, title, phase, dueFrom, dueAfterDays, required } of templatesFor(part.role))
    await insertTask(work, joint.id, part.id, { template: code, title, phase, dueFrom, dueAfterDays, required });
}

/** @returns the id of the new task */
export async function insertTask(work: Work, jointId: string, partId: string, task: NewTask): Promise<string> {
  const id = work.newId('jtk');
  await sql`insert into joint_task (id, joint_id, part_id, template, title, phase, due_from, due_after_days, required, state, updated_at)
    values (${id}, ${jointId}, ${partId}, ${task.template}, ${task.title}, ${task.phase}, ${task.dueFrom}, ${task.dueAfterDays},
      ${task.required}, 'open', ${work.now})`.execute(work.em.getKysely());
  return id;
}

export interface StoredTask {
  readonly partId: string;
  readonly state: TaskState;
  readonly version: number;
}

export async function findTask({ em }: Work, id: string): Promise<StoredTask | null> {
  const { rows } =
    await sql<StoredTask>`select part_id as "partId", state, version from joint_task where id = ${id}`.execute(
      em.getKysely(),
    );
  return rows[0] ?? null;
}

export async function updateTask({ em, now }: Work, id: string, state: TaskState): Promise<void> {
  await sql`update joint_task set state = ${state}, version = version + 1, updated_at = ${now} where id = ${id}`.execute(
    em.getKysely(),
  );
}
