import type { FromFile, NamedOrganisation, NamedPlace, SourceRecord, Spot } from '../source-record.ts';
import type { IatiActivity, Narrative } from './activity.ts';
import { activityTexts } from './activity-texts.ts';
import { activityThemes } from './activity-themes.ts';
import { mergeActivities } from './merge-activities.ts';
import { type Mention, publisherOf } from './organisations.ts';
import { essentialsOf, partnersAndStatus } from './to-programme.ts';

/** Scheme of the identifiers of activities and organisations. */
const SCHEME = 'iati';

/**
 * What an IATI file says of programmes: activities that one publisher gives one identifier are one, as `mergeActivities` has it.
 * Rows are the lines of the start tags. In the order of the file, a repeated one where it occurs first.
 */
export function* iatiRecords(activities: readonly IatiActivity[]): Generator<FromFile> {
  const groups = new Map<string, IatiActivity[]>();
  for (const activity of activities) {
    const key = publisherKey(activity);
    const same = groups.get(key);
    if (same) same.push(activity);
    else groups.set(key, [activity]);
  }
  for (const same of groups.values()) {
    const fit = same.filter((activity) => {
      return essentialsOf(activity).kind === 'essentials';
    });
    for (const activity of same) {
      const essentials = essentialsOf(activity);
      if (essentials.kind === 'refused') yield refusedActivity(activity, essentials.reason);
    }
    const [first, ...others] = fit;
    if (first) yield { kind: 'record', record: toRecord([first, ...others]), remarks: [] };
  }
}

function publisherKey(activity: IatiActivity): string {
  const publisher = publisherOf(activity)?.key;
  const { identifier, line } = activity;
  return publisher === undefined || identifier === null
    ? `line ${String(line)}`
    : JSON.stringify([publisher, identifier]);
}

function refusedActivity({ line, identifier }: IatiActivity, reason: string): FromFile {
  const remark = { row: line, column: null, severity: 'ERROR' as const, value: identifier, suggestion: null };
  return { kind: 'refused', rows: [line], remarks: [{ ...remark, reason: `The activity is refused: ${reason}.` }] };
}

function toRecord(same: readonly [IatiActivity, ...IatiActivity[]]): SourceRecord {
  const activity = mergeActivities(same);
  const { partners, publisher, days, status } = partnersAndStatus(activity);
  const identifier = activity.identifier ?? '';
  const { name, names, description, descriptions } = activityTexts(activity);
  const [first] = same;
  return {
    kind: 'programme',
    key: identifier,
    rows: same.map(({ line }) => line),
    identifier: { scheme: SCHEME, value: identifier },
    parentKey: null,
    owner: toOrganisation(publisher),
    partners: partners.map(({ organisation, role }) => ({ organisation: toOrganisation(organisation), role })),
    name,
    names,
    description: description === '' ? null : description,
    descriptions,
    days,
    recurrence: null,
    status,
    places: [...activity.countries.map(toCountry), ...activity.locations.flatMap(toLocation)],
    corridors: [],
    themes: activityThemes(activity).themes.filter((code) => code.startsWith('dac:')),
    audiences: [],
    channels: [],
    languages: [],
    spots: spotsOf(first.line),
  };
}

const toOrganisation = ({ ref, name, kind }: Mention): NamedOrganisation => ({
  name,
  code: ref === null ? null : { scheme: SCHEME, value: ref },
  kind,
});

const toCountry = ({ code, names }: IatiActivity['countries'][number]): NamedPlace => ({
  name: nameOf(names),
  code,
  level: 0,
  within: null,
});

/** Everything by which a location is known, each as a place of its own: those that mean nothing in the hub say nothing. */
function toLocation({ codes, names }: IatiActivity['locations'][number]): NamedPlace[] {
  const coded = codes.map((code) => ({ name: null, code, level: null, within: null }));
  return [...coded, ...names.map(({ text }) => ({ name: text, code: null, level: null, within: null }))];
}

const nameOf = (names: readonly Narrative[]): string | null => names[0]?.text ?? null;

/** The elements that each field comes from. */
const ELEMENTS = {
  name: 'title',
  description: 'description',
  days: 'activity-date',
  places: 'recipient-country',
  themes: 'sector',
  partners: 'participating-org',
  owner: 'reporting-org',
  status: 'activity-status',
} as const;

const spotsOf = (line: number): Readonly<Record<string, Spot>> =>
  Object.fromEntries(Object.entries(ELEMENTS).map(([field, column]) => [field, { row: line, column }]));
