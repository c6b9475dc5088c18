import { OPEN_END, type DayRange } from '../../../engine/index.ts';

/**
 * Windows by looking at every day: who is active on it, which of these sets no other day's set contains, and from when to when each
 * of them is. Ranges must end within 400 days of the first start, or be open.
 */
export function windowsByDay(ranges: readonly DayRange[]): { start: number; end: number; members: number[] }[] {
  const first = Math.min(...ranges.map(({ start }) => start));
  const days = [...Array.from({ length: 400 }, (_, day) => first + day), OPEN_END - 1];
  const activeOn = days.map((day) =>
    ranges.flatMap(({ start, end }, member) => (start <= day && day < end ? [member] : [])),
  );
  const contains = (outer: number[], inner: number[]) => inner.every((member) => outer.includes(member));
  const windows = new Map<string, { start: number; end: number; members: number[] }>();
  days.forEach((day, at) => {
    const members = activeOn[at] ?? [];
    if (members.length === 0) return;
    if (activeOn.some((other) => other.length > members.length && contains(other, members))) return;
    const window = windows.get(members.join()) ?? { start: day, end: day, members };
    windows.set(members.join(), { ...window, end: day + 1 });
  });
  return [...windows.values()].sort((a, b) => a.start - b.start);
}
