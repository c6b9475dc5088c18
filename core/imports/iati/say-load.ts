import type { LoadReport, LoadedActivity } from './load-report.ts';

/** Refusals shown in full; the report as JSON has all. */
const SHOWN = 20;

const OUTCOMES = [
  'created',
  'changed',
  'unchanged',
  'merged',
  'refused',
] as const satisfies LoadedActivity['outcome'][];

const WHY_SILENT: Readonly<Record<NonNullable<LoadedActivity['silent']>, string>> = {
  'no-country': 'name no country that the hub knows, only regions or nothing',
  'no-theme': 'name no sector of DAC, so that they are about nothing the hub can compare',
  'no-start': 'do not say when they start',
  'closed-without-end': 'are closed, but do not say since when',
  suspended: 'are suspended; they come back when a later file says so',
  cancelled: 'are cancelled, and withdrawn here',
  'publisher-not-verified': 'are of publishers that nobody has verified',
};

/** What became of a file, in lines for people. */
export function sayLoad(report: LoadReport): string {
  const { activities, organisations, dryRun } = report;
  const count = (outcome: LoadedActivity['outcome']): number =>
    activities.filter((activity) => activity.outcome === outcome).length;
  const { found, registered, verified } = organisations;
  return [
    `${report.fileName}: ${counted(activities.length, 'activity', 'activities')}, each accounted for`,
    `  ${OUTCOMES.map((outcome) => `${String(count(outcome))} ${outcome}`).join(', ')}`,
    `  ${counted(found + registered, 'organisation')}: ${String(found)} known before, ${String(registered)} registered; ${counted(verified, 'publisher')} verified`,
    ...sayRefused(activities),
    ...saySilent(activities),
    ...sayUnknown(activities),
    ...(dryRun ? ['', 'This was a dry run: nothing was written.'] : []),
    '',
  ].join('\n');
}

function sayRefused(activities: readonly LoadedActivity[]): string[] {
  const refused = activities.filter(({ outcome }) => outcome === 'refused');
  if (refused.length === 0) return [];
  const lines = refused
    .slice(0, SHOWN)
    .map(
      ({ identifier, line, reason }) =>
        `  ${identifier ?? 'without identifier'} (line ${String(line)}): ${String(reason)}`,
    );
  const left = refused.length - lines.length;
  return ['', 'Refused:', ...lines, ...(left > 0 ? [`  and ${String(left)} more; --json lists all`] : [])];
}

function saySilent(activities: readonly LoadedActivity[]): string[] {
  const silent = Map.groupBy(
    activities.filter(({ outcome }) => outcome !== 'merged'),
    (activity) => activity.silent,
  );
  silent.delete(null);
  const total = [...silent.values()].reduce((sum, { length }) => sum + length, 0);
  if (total === 0) return [];
  const lines = [...silent]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([why, { length }]) => (why === null ? [] : [`  ${String(length).padStart(5)} ${WHY_SILENT[why]}`]));
  return ['', `Loaded, but matching nothing as they are: ${String(total)}`, ...lines];
}

function sayUnknown(activities: readonly LoadedActivity[]): string[] {
  const countries = new Set(activities.flatMap(({ unknownCountries }) => unknownCountries));
  return countries.size === 0
    ? []
    : ['', `Recipient countries that are none in ISO 3166-1: ${[...countries].sort().slice(0, SHOWN).join(', ')}`];
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : several}`;
}
