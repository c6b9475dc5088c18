import { progress } from '@clack/prompts';

/** Shows people how far something is, beside what it writes to standard output. */
export interface ProgressBar {
  show(done: number, total: number): void;
  end(): void;
}

/** A bar on a terminal, else a line for every quarter, so that logs stay short. */
export function progressBar(title: string): ProgressBar {
  return process.stderr.isTTY ? drawnBar(title) : toldBar(title);
}

function drawnBar(title: string): ProgressBar {
  let bar: ReturnType<typeof progress> | null = null;
  let shown = 0;
  return {
    show: (done, total) => {
      if (!bar) {
        bar = progress({ max: Math.max(total, 1), output: process.stderr });
        bar.start(title);
        // Clack reads every key and ends the process on Ctrl-C and Escape; without this we could not end in order.
        if (process.stdin.isTTY) process.stdin.setRawMode(false);
      }
      bar.advance(done - shown, `${title}: ${String(done)} of ${String(total)}`);
      shown = done;
    },
    end: () => bar?.stop(title),
  };
}

function toldBar(title: string): ProgressBar {
  let quarters = -1;
  return {
    show: (done, total) => {
      const reached = total === 0 ? 4 : Math.floor((done / total) * 4);
      if (reached === quarters) return;
      quarters = reached;
      process.stderr.write(`${title}: ${String(done)} of ${String(total)}\n`);
    },
    end: () => undefined,
  };
}
