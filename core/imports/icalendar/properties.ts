import type { Remark, Spot } from '../source-record.ts';
import type { Component, ContentLine } from './components.ts';
import { type Property, UnreadableLine, nameOf, readProperty } from './property.ts';

const SHORT = 80;

/** The properties of one event that anybody asks for; the others, people in them, are not even read. */
export class Properties {
  readonly remarks: Remark[] = [];

  private readonly lines: ReadonlyMap<string, readonly ContentLine[]>;

  constructor(private readonly component: Component) {
    this.lines = Map.groupBy(component.lines, nameOf);
  }

  /** How many there are of a name. */
  count(name: string): number {
    return this.lines.get(name)?.length ?? 0;
  }

  /** All of a name, in the order of the file. @throws {UnreadableLine} */
  all(name: string): Property[] {
    return (this.lines.get(name) ?? []).map(readProperty);
  }

  /** The first of a name. @throws {UnreadableLine} */
  first(name: string): Property | null {
    const [line] = this.lines.get(name) ?? [];
    return line ? readProperty(line) : null;
  }

  /** A text without blanks around and without characters that cannot be kept; null where there is none. @throws {UnreadableLine} */
  text(name: string): string | null {
    const [value] = this.first(name)?.values ?? [];
    return typeof value === 'string' ? cleaned(value) : null;
  }

  /** The same cut where it is too long, which is remarked. @throws {UnreadableLine} */
  shortened(name: string, longest: number): string | null {
    const text = this.text(name);
    if (text === null || text.length <= longest) return text;
    this.warn(name, text, `${name} has ${String(text.length)} characters; the first ${String(longest)} are kept.`);
    return cut(text, longest);
  }

  /** Where the first of a name stands; the event as a whole where there is none. */
  spot(name: string): Spot {
    const [line] = this.lines.get(name) ?? [];
    return line ? { row: line.row, column: name } : { row: this.component.row, column: null };
  }

  warn(name: string, value: string | null, reason: string, suggestion: string | null = null): void {
    const spot = this.spot(name);
    this.remarks.push({ ...spot, severity: 'WARNING', value: value && brief(value), reason, suggestion });
  }

  /** To be thrown: the event cannot be taken because of this property, or because it has none of this name. */
  refusal(property: Property | string, reason: string): UnreadableLine {
    if (typeof property !== 'string') return new UnreadableLine(property.row, property.name, property.raw, reason);
    return new UnreadableLine(this.spot(property).row, property, '', reason);
  }
}

/** Null for nothing but blanks. U+0000 is no text for a database. */
export function cleaned(text: string): string | null {
  const trimmed = text.replaceAll('\0', '').trim();
  return trimmed === '' ? null : trimmed;
}

/** As much of a value as a remark shows. */
export const brief = (value: string): string => (value.length > SHORT ? `${cut(value, SHORT)}…` : value);

/** The beginning of a text, no character cut through. */
export function cut(text: string, longest: number): string {
  return text
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}
