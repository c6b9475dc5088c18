import type { FootprintInput } from '../../client-sdk/src/contract-types.ts';
import type { Draw } from './random.ts';

const COUNTRIES = ['BD', 'MY', 'ID', 'TH', 'MM', 'LK', 'PH', 'AU'];
const CORRIDORS = ['rohingya_andaman', 'scam_compounds', 'lk_au_maritime'];
const AUDIENCES = ['refugee_in_camp', 'prospective_migrant', 'youth_15_24', 'returnee'];
const THEMES = ['people_smuggling', 'trafficking_in_persons', 'irregular_maritime_ventures', 'safe_regular_pathways'];
const CHANNELS = ['radio', 'facebook', 'community_meeting', 'tiktok', 'community_radio'];
const LANGUAGES = ['bn', 'en', 'ms', 'id', 'th'];
const DAY_MS = 86_400_000;
/** Days from today within which everything begins: dense enough that most records of different actors meet. */
const DENSE_DAYS = 200;
/** Five years: a record meets some dozens of some thousands, as in life. */
export const LIFELIKE_DAYS = 1_826;

/** Who, what, where and when, of few values, so that records meet others. */
export function drawFootprint(draw: Draw, withinDays = DENSE_DAYS): FootprintInput {
  const some = (values: readonly string[]): string[] => draw.shuffled(values).slice(0, 1 + draw.below(2));
  return {
    days: drawDays(draw, withinDays),
    places: some(COUNTRIES),
    corridors: draw.below(3) === 0 ? [draw.of(CORRIDORS)] : [],
    audiences: some(AUDIENCES),
    themes: some(THEMES),
    channels: some(CHANNELS),
    languages: some(LANGUAGES),
  };
}

export function drawDays(draw: Draw, withinDays = DENSE_DAYS): { start: string; end: string } {
  const today = Math.floor(Date.now() / DAY_MS);
  const start = today + draw.below(withinDays);
  return { start: written(start), end: written(start + draw.of([2, 10, 20, 40, 60])) };
}

const written = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
