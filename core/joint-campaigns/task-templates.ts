import type { CountryRole } from '../../engine/index.ts';

export const TASK_PHASES = ['prepare', 'launch', 'run', 'close'] as const;
export type TaskPhase = (typeof TASK_PHASES)[number];

export interface TaskTemplate {
  readonly code: string;
  /** Null: whatever the role of the country. */
  readonly role: CountryRole | null;
  readonly phase: TaskPhase;
  readonly title: string;
  readonly dueFrom: 'start' | 'end';
  readonly dueAfterDays: number;
  /** The part is not ready without it. */
  readonly required: boolean;
}

const task = (
  code: string,
  role: CountryRole | null,
  phase: TaskPhase,
  [dueFrom, dueAfterDays]: readonly ['start' | 'end', number],
  title: string,
): TaskTemplate => ({ code, role, phase, dueFrom, dueAfterDays, title, required: phase === 'prepare' });

/** What a part has to do from the start, by the role of its country and by phase. Only what prepares keeps it from being ready. */
export const TASK_TEMPLATES: readonly TaskTemplate[] = [
  task('approval', null, 'prepare', ['start', -30], 'Obtain the approval that your organisation needs to take part.'),
  task(
    'contacts',
    null,
    'prepare',
    ['start', -14],
    'Try every number and address in your messages: does somebody answer?',
  ),
  task(
    'origin_partners',
    'origin',
    'prepare',
    ['start', -21],
    'Agree with partners where people decide to leave on who speaks there, and where.',
  ),
  task(
    'transit_services',
    'transit',
    'prepare',
    ['start', -21],
    'List the services that people on the way can use, whatever their status.',
  ),
  task(
    'destination_facts',
    'destination',
    'prepare',
    ['start', -21],
    'State the lawful ways in, wages and rights as they are now, each with its source.',
  ),
  task(
    'return_support',
    'return',
    'prepare',
    ['start', -21],
    'Line up whom people who come back can turn to, place by place.',
  ),
  task('publish', null, 'launch', ['start', 0], 'Publish on the agreed day, and tell the others when it is out.'),
  task('origin_questions', 'origin', 'run', ['start', 7], 'Ask listeners what they understood; pass on what they ask.'),
  task('transit_changes', 'transit', 'run', ['start', 7], 'Tell the other countries of routes and risks that changed.'),
  task(
    'destination_rumours',
    'destination',
    'run',
    ['start', 7],
    'Ask those who arrive what they had been told, and tell the countries they left.',
  ),
  task('reach', null, 'close', ['end', 14], 'Count who was reached, by channel, and record it as the outcome.'),
];

/** The tasks of a part whose country has this role, in the order of the list. */
export function templatesFor(role: CountryRole | null): readonly TaskTemplate[] {
  return TASK_TEMPLATES.filter((template) => template.role === null || template.role === role);
}
