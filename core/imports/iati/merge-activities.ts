import type { IatiActivity } from './activity.ts';

/**
 * One activity of several with the same identifier and publisher, as happens when a publisher splits one by country or repeats
 * it: what is one thing (title, status, days …) comes from the one updated last, where that one says it (ties: the later in the file);
 * what is a list has the entries of all.
 */
export function mergeActivities(same: readonly [IatiActivity, ...IatiActivity[]]): IatiActivity {
  const newestFirst = same
    .map((activity, position) => ({ activity, position }))
    .sort((a, b) => compare(b.activity.updatedAt ?? '', a.activity.updatedAt ?? '') || b.position - a.position)
    .map(({ activity }) => activity);
  const [newest = same[0]] = newestFirst;
  const list = <T>(of: (activity: IatiActivity) => readonly T[]): readonly T[] => distinct(newestFirst.flatMap(of));
  const firstStated = <T>(of: (activity: IatiActivity) => readonly T[]): readonly T[] =>
    newestFirst.map(of).find((found) => found.length > 0) ?? [];
  return {
    ...newest,
    status: newestFirst.find(({ status }) => status !== null)?.status ?? null,
    titles: firstStated(({ titles }) => titles),
    descriptions: firstStated(({ descriptions }) => descriptions),
    dates: firstStated(({ dates }) => dates),
    participants: list(({ participants }) => participants),
    countries: list(({ countries }) => countries),
    locations: list(({ locations }) => locations),
    sectors: list(({ sectors }) => sectors),
  };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
