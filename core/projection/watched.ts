import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';

/** Under which key an answer says that it shows a watched row. No name in GraphQL is written like this, so no alias hides it. */
const MARK_KEY = '!';
export const MARK = sql.lit(MARK_KEY);
/** A mark that is not null, as PostgreSQL writes it. Inside of a string its quotes would be escaped. */
const MARKED = /"!" ?: ?["[]/;

/** Is what this viewer reads of watched rows noted? Not what the hub itself reads, nor those who act for nobody and see none. */
export function isWatched(viewer: Viewer): boolean {
  return viewer.role !== 'operator' && viewer.actorId !== null;
}

/** Does an answer hold a mark that says something? */
export function mayShowWatched(text: string): boolean {
  return MARKED.test(text);
}

/** The ids of the watched rows that an answer shows, each once. Costs one search of the text where it shows none. */
export function watchedIn(text: string, answer: unknown): readonly string[] {
  if (!mayShowWatched(text)) return [];
  const found = new Set<string>();
  collect(answer, found);
  return [...found];
}

/** An answer without its marks, as text. They stand first in their objects, and nothing inside of a string is written like one. */
export function withoutNullMarks(text: string): string {
  return text.replaceAll('"!" : null, ', '');
}

/** Takes the marks out of an answer. */
export function unmark(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  Reflect.deleteProperty(answer, MARK_KEY);
  for (const part of Object.values(answer)) unmark(part);
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key !== MARK_KEY) collect(part, found);
    else if (part !== null) for (const id of [part].flat()) found.add(String(id));
  }
}
