import { epochDay, formatCalendarDate, parseCalendarDate } from '../../engine/index.ts';
import type { Issue } from '../outcome.ts';
import type { WrittenCode } from '../vocabulary/resolve-codes.ts';
import { toNumbers } from '../vocabulary/vocabulary-place.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { InsightChanges } from './insight.input.ts';
import type { InsightContent } from './insight.rows.ts';

/** What an insight says before anybody has said anything. */
const NOTHING_STATED = {
  published_on: null,
  places: [],
  corridor: null,
  themes: [],
  channels: {},
  valid_from: null,
  valid_to: null,
  illustrative: false,
} as const;

type Written = WrittenCode & { readonly of: 'audience' | 'corridor' | 'places' | 'themes' | 'channels' };

/** The codes of an input, each with where it is written. */
export function codesIn(fields: InsightChanges): Written[] {
  const many = (of: 'places' | 'themes', kind: 'place' | 'theme', codes: readonly string[] = []): Written[] =>
    codes.map((code, index) => ({ of, kind, code, path: `input.${of}[${String(index)}]` }));
  const { audience, corridor } = fields;
  return [
    ...(audience === undefined ? [] : [{ of: 'audience', kind: 'audience', code: audience, path: 'input.audience' }]),
    ...(corridor ? [{ of: 'corridor', kind: 'corridor', code: corridor, path: 'input.corridor' }] : []),
    ...many('places', 'place', fields.places ?? []),
    ...many('themes', 'theme', fields.themes ?? []),
    ...(fields.channels ?? []).map(({ channel }, index) => ({
      of: 'channels',
      kind: 'channel',
      code: channel,
      path: `input.channels[${String(index)}].channel`,
    })),
  ] as Written[];
}

/**
 * An input as content, over what is stored of it. Places become those that matching counts: a P-code its first-level subdivision.
 * @param resolved the canonical codes of all that `codesIn` found
 */
export function restateInsight(
  stored: InsightContent | null,
  fields: InsightChanges,
  resolved: readonly { readonly written: Written; readonly code: string }[],
  vocabulary: Vocabulary,
): InsightContent {
  const codes = (of: Written['of']): string[] =>
    resolved.filter(({ written }) => written.of === of).map(({ code }) => code);
  const kept = <T, K extends keyof InsightContent>(field: T | undefined, value: InsightContent[K], column: K) =>
    field === undefined && stored !== null ? stored[column] : value;
  return {
    ...NOTHING_STATED,
    kind: fields.kind ?? stored?.kind ?? 'trend',
    statement: fields.statement ?? stored?.statement ?? '',
    source: fields.source ?? stored?.source ?? '',
    published_on: fields.publishedOn ?? stored?.published_on ?? null,
    audience: codes('audience')[0] ?? stored?.audience ?? '',
    places: kept(fields.places, countedPlaces(codes('places'), vocabulary), 'places'),
    corridor: kept(fields.corridor, codes('corridor')[0] ?? null, 'corridor'),
    themes: kept(fields.themes, [...new Set(codes('themes'))], 'themes'),
    channels: kept(fields.channels, weigh(fields.channels ?? [], codes('channels')), 'channels'),
    valid_from: kept(fields.validFrom, fields.validFrom ?? null, 'valid_from'),
    valid_to: kept(fields.validTo, fields.validTo ? dayAfter(fields.validTo) : null, 'valid_to'),
    illustrative: kept(fields.illustrative, fields.illustrative ?? false, 'illustrative'),
  };
}

/** What of an insight contradicts itself. */
export function inconsistencies(insight: InsightContent): Issue[] {
  const issues: Issue[] = [];
  const { kind, corridor, places, channels, valid_from, valid_to } = insight;
  if (corridor !== null && places.length > 0)
    issues.push({ path: 'input.corridor', message: 'An insight is about a corridor or about places, not both.' });
  if (corridor !== null && kind === 'information_way')
    issues.push({
      path: 'input.corridor',
      message: 'How people obtain information is said of places: name countries.',
    });
  if (kind === 'information_way' && Object.keys(channels).length === 0)
    issues.push({ path: 'input.channels', message: 'An information way names at least one channel.' });
  if (kind !== 'information_way' && Object.keys(channels).length > 0)
    issues.push({ path: 'input.channels', message: 'Only an information way has channels.' });
  if (valid_from !== null && valid_to !== null && valid_from >= valid_to)
    issues.push({ path: 'input.validTo', message: 'It is before validFrom.' });
  return issues;
}

function countedPlaces(codes: readonly string[], vocabulary: Vocabulary): string[] {
  const counted = codes.flatMap((code) => vocabulary.place(code) ?? []).map((place) => toNumbers(place));
  return [...new Set(counted.map((place) => vocabulary.placeAt(place).code))];
}

/** Of a channel named twice, the last weight. */
function weigh(written: readonly { readonly weight: number }[], codes: readonly string[]): Record<string, number> {
  return Object.fromEntries(codes.map((code, index) => [code, written[index]?.weight ?? 0]));
}

function dayAfter(date: string): string {
  const day = parseCalendarDate(date);
  if (day === null) throw new Error(`${date} is no day`);
  return formatCalendarDate(epochDay(day + 1));
}
