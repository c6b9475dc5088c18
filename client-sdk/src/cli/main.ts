#!/usr/bin/env node
import { EXIT, Refusal } from './refusal.ts';
import { runCommandLine } from './run.ts';
import { processTerminal } from './terminal.ts';

/** `concord`: see `--help`. */
const abort = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    abort.abort(new Refusal('Interrupted.', EXIT.fault));
  });
}
// Whoever reads no further, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

const { env } = process;
const surroundings = { environment: env, terminal: processTerminal(env), signal: abort.signal, readInput };
process.exitCode = await runCommandLine(process.argv.slice(2), surroundings);

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
