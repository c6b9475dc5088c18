import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { Refusal } from './refusal.ts';
import type { Surroundings } from './session.ts';

/** What a YAML or JSON file says (`-`: standard input). @throws {Refusal} naming the file and the line */
export async function readInputFile(file: string, { readInput }: Surroundings): Promise<unknown> {
  const text = file === '-' ? await readInput() : await readText(file);
  try {
    // Every JSON text is YAML 1.2, in whose core schema a day such as 2026-03-01 is a text and NO is Norway.
    return load(text, { filename: file });
  } catch (error) {
    throw new Refusal(`${file} is neither YAML nor JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
}
