import { CommanderError } from 'commander';
import { ConcordProblemError, ConcordProtocolError, ConcordTransportError } from '../index.ts';
import { createProgram } from './program.ts';
import { EXIT, Refusal } from './refusal.ts';
import type { Surroundings } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command of `concord` to its end; answers the exit code. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await createProgram(surroundings).parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return tellEnd(surroundings.terminal, error);
  }
}

/** Says what went wrong, in as few words as help; answers the exit code. */
function tellEnd(terminal: Terminal, error: unknown): number {
  // Commander has said it itself; help and version that were asked for are no mistakes.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof Refusal) {
    terminal.tell(error.message);
    return error.exitCode;
  }
  if (error instanceof ConcordTransportError) {
    terminal.tell(error.message);
    return EXIT.unreachable;
  }
  if (error instanceof ConcordProblemError || isMistakeOfCaller(error)) {
    terminal.tell(error.message);
    return EXIT.refused;
  }
  terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.fault;
}

/** The hub names what is wrong with a filter or a code in an error of GraphQL. */
function isMistakeOfCaller(error: unknown): error is ConcordProtocolError {
  return error instanceof ConcordProtocolError && error.code === 'BAD_USER_INPUT';
}
