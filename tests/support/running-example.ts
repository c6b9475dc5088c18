import { join } from 'node:path';
import { vi } from 'vitest';

/** What an example wrote, line by line. */
export interface Printed {
  readonly out: string[];
  readonly err: string[];
}

/** Runs the program of an example to its end, in this process, with the client from its source. */
export async function runExample(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Printed> {
  const printed: Printed = { out: [], err: [] };
  const restored = [
    vi.spyOn(console, 'log').mockImplementation((line: unknown) => void printed.out.push(String(line))),
    vi.spyOn(console, 'error').mockImplementation((line: unknown) => void printed.err.push(String(line))),
  ];
  const { argv, exitCode } = process;
  for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
  process.argv = [...argv.slice(0, 2), ...args];
  try {
    vi.resetModules();
    await import(/* @vite-ignore */ join(process.cwd(), 'client-sdk/examples', name, 'main.ts'));
    return printed;
  } finally {
    process.argv = argv;
    process.exitCode = exitCode;
    vi.unstubAllEnvs();
    for (const spy of restored) spy.mockRestore();
  }
}
