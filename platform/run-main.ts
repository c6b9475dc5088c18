import { withoutCredentials } from './log.ts';
import { PlainError } from './plain-error.ts';

/** Where a program's last words go and how it ends; tests pass their own. */
export interface Terminal {
  write(text: string): void;
  exit(code: number): void;
}

const system: Terminal = {
  write: (text) => process.stderr.write(text),
  exit: (code) => {
    process.exit(code);
  },
};

/**
 * Runs a program to its end or failure: a PlainError prints as its sentences alone, anything else as our fault with its
 * stack. Either way the exit code is 1. What the program started and has not ended is its own to end before it throws.
 */
export async function runMain(main: () => Promise<void>, terminal: Terminal = system): Promise<void> {
  try {
    await main();
  } catch (error) {
    terminal.write(lastWords(error));
    terminal.exit(1);
  }
}

function lastWords(error: unknown): string {
  if (error instanceof PlainError) return `${error.message}\n`;
  const account = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Concord has a fault:\n${withoutCredentials(account)}\n`;
}
