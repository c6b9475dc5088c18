import { type Command, Option } from 'commander';
import type { NameQuestion, NameQuestionState } from '../index.ts';
import { examples, firstFor, limitOption, share, showList } from './lists.ts';
import { EXIT, Refusal } from './refusal.ts';
import { listed, type Opening } from './registry-commands.ts';
import type { Session } from './session.ts';

const STATES: readonly NameQuestionState[] = ['OPEN', 'CONFIRMED', 'REFUSED'];

interface Options {
  readonly limit: number;
  readonly state: NameQuestionState;
}

/** Commands about whom the names in files mean. */
export function addNameCommands(program: Command, open: Opening): void {
  const names = examples(
    program
      .command('names')
      .description('names in your files of which a person is to say whom they mean')
      .addOption(new Option('--state <state>', 'or those that were decided').choices(STATES).default('OPEN'))
      .addOption(limitOption())
      .action(async ({ limit, state }: Options, command: Command) => {
        const session = await open(command);
        const pages = session.hub.names.list({ first: firstFor(limit), filter: listed('states', state) });
        await showList(session, pages, limit, [
          ['ID', ({ id }) => id],
          ['NAME', ({ name }) => name],
          ['FILE', ({ source }) => source ?? ''],
          ['', (question) => meantBy(question)],
        ]);
      }),
    'concord names',
    'concord names confirm nmq_4NqDfZTL6cY2cvrbTRRAZ8 act_7BasTaHerE9POStuxjARiM',
    'concord names refuse nmq_4NqDfZTL6cY2cvrbTRRAZ8',
  );

  names
    .command('confirm')
    .argument('<question>', 'its id, as concord names shows it')
    .argument('<actor>', 'the id of whom it means: a candidate, or another')
    .description('say whom a name means; the files to come are read by it')
    .action(async (id: string, actor: string, _options: object, command: Command) => {
      const session = await open(command);
      tell(session, await session.hub.names.confirm(await questionOf(session, id), actor, { signal: session.signal }));
    });

  names
    .command('refuse')
    .argument('<question>', 'its id, as concord names shows it')
    .description('say that a name means none of the candidates')
    .action(async (id: string, _options: object, command: Command) => {
      const session = await open(command);
      tell(session, await session.hub.names.refuse(await questionOf(session, id), { signal: session.signal }));
    });
}

async function questionOf({ hub, signal }: Session, id: string): Promise<NameQuestion> {
  const question = await hub.names.get(id, { signal });
  if (question === null) throw new Refusal(`There is no question ${id} of yours.`, EXIT.refused);
  return question;
}

/** Whom a name means, or may mean. */
function meantBy({ answer, candidates }: NameQuestion): string {
  if (answer !== null) return `${answer.id} ${answer.name}`;
  return candidates
    .flatMap(({ actor, confidence }) => (actor === null ? [] : [`${actor.id} ${actor.name} ${share(confidence)}`]))
    .join(', ');
}

function tell({ terminal, isJson }: Session, question: NameQuestion): void {
  const { name, state, answer } = question;
  if (isJson) terminal.print(JSON.stringify(question, null, 2));
  else terminal.print(`${name}: ${state}${answer === null ? '' : `, it means ${answer.name}`}`);
}
