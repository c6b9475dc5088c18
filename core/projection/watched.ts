import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import type { Sql } from './view.ts';
import { textOf } from './written.ts';

/** Under which key an answer says that it shows a watched row. No name in GraphQL is written like this, so no alias hides it. */
const MARK_KEY = '!';
/** A mark as it is written. Inside of a string its quotes would be escaped. */
const MARKED = '"!":';

/** Text that marks the object it begins with, where an expression names what is watched. */
export function mark(what: Sql): Sql {
  return sql`coalesce(${sql.lit(`"${MARK_KEY}":`)} || ${textOf(what)} || ',', '')`;
}

/** Is what this viewer reads of watched rows noted? Not what the hub itself reads, nor those who act for nobody and see none. */
export function isWatched(viewer: Viewer): boolean {
  return viewer.role !== 'operator' && viewer.actorId !== null;
}

/** Does an answer hold a mark that says something? */
export function mayShowWatched(text: string): boolean {
  return text.includes(MARKED);
}

/** The ids of the watched rows that an answer shows, each once. Costs one search of the text where it shows none. */
export function watchedIn(text: string, answer: unknown): readonly string[] {
  if (!mayShowWatched(text)) return [];
  const found = new Set<string>();
  collect(answer, found);
  return [...found];
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
