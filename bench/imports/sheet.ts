import { seeded } from '../world/random.ts';

const COUNTRIES = ['Bangladesh', 'Indonesia', 'Malaysia', 'Thailand', 'Philippines', 'Myanmar', 'Sri Lanka', 'Nepal'];
const THEMES = ['people_smuggling', 'trafficking_in_persons', 'safe_migration'];
const CHANNELS = ['radio', 'community_meeting', 'leaflet', 'social_media'];
const WORDS = ['Safe', 'sea', 'work', 'home', 'season', 'radio', 'school', 'harbour', 'market', 'village', 'border'];

/** A sheet of who does what, where and when, each of whose rows is an activity of its own; many of few organisations, as in life. */
export function writeSheet(rows: number, seed: number): Buffer {
  const random = seeded(seed);
  const organisations = Math.max(5, Math.floor(rows / 100));
  const day = (from: number): string => new Date((20_454 + from) * 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from({ length: rows }, (_, index) => {
    const start = random.below(700);
    return [
      `Organisation ${String(random.zipf(organisations))}`,
      `${random.of(WORDS)} ${random.of(WORDS)} ${random.of(WORDS)} ${String(index)}`,
      '"What is done there, and for whom."',
      random.of(THEMES),
      random.of(CHANNELS),
      random.of(COUNTRIES),
      day(start),
      day(start + 3 + random.below(200)),
    ].join(',');
  });
  return Buffer.from(['Organisation,Activity,Description,Theme,Channel,Country,Start,End', ...lines, ''].join('\n'));
}
