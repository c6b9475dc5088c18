import { progress } from '@clack/prompts';
import type { Terminal } from './terminal.ts';

/** Shows people how far something is. */
export interface ProgressBar {
  show(done: number): void;
  end(): void;
}

/** A bar on a terminal, for work of some length; nothing in a log. */
export function progressBar(terminal: Terminal, title: string, total: number): ProgressBar {
  if (!terminal.isInteractive || total < 10) return { show: () => undefined, end: () => undefined };
  const bar = progress({ max: total, output: process.stderr });
  let shown = 0;
  bar.start(title);
  // Clack reads every key and ends the process on Ctrl-C; without this we could not end in order.
  process.stdin.setRawMode(false);
  return {
    show: (done) => {
      bar.advance(done - shown, `${title}: ${String(done)} of ${String(total)}`);
      shown = done;
    },
    end: () => {
      bar.stop(title);
    },
  };
}
