import { appendFile, mkdir } from 'node:fs/promises';

/** One measurement as it is printed: what was measured, of which side, and figures with their unit in the name. */
export type Line = Readonly<Record<string, string | number | null>>;

/** Where a run tells what it measures: lines of JSON to stdout and a file, words for people to stderr. */
export class Report {
  readonly lines: Line[] = [];

  line(line: Line): void {
    this.lines.push(line);
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }

  say(words: string): void {
    process.stderr.write(`${words}\n`);
  }

  /** Keeps the lines beside those of earlier runs. */
  async keep(folder: URL, name: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await appendFile(new URL(`${name}.jsonl`, folder), this.lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
}
