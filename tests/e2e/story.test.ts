import { execFileSync, spawnSync } from 'node:child_process';
import { join as path } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStoryHub } from '../../commands/story-hub.ts';
import { endorse, join } from '../../demo/story/agreeing.ts';
import { type Cast, callCast } from '../../demo/story/cast.ts';
import { contradict } from '../../demo/story/contradiction.ts';
import { moveDates } from '../../demo/story/dates.ts';
import { type Begun, begin, findEachOther, type Suggested } from '../../demo/story/finding.ts';
import { fillGap } from '../../demo/story/gap.ts';
import type { Joint } from '../../demo/story/joint.ts';
import { prepare, publish } from '../../demo/story/outcome.ts';
import type { Stage } from '../../demo/story/stage.ts';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import { createLog } from '../../platform/log.ts';
import { Shutdown } from '../../platform/shutdown.ts';

const NODE = path(process.cwd(), 'node_modules/.bin/node');
const MINUTES = 60_000;

/** The walk of `npm run story`, chapter after chapter, on one hub. */
describe('the story', () => {
  const shutdown = new Shutdown({ log: createLog('error'), stepLimitMs: 20_000 });
  let stage: Stage;
  let cast: Cast;
  let begun: Begun;
  let suggestion: Suggested;
  let joint: Joint;
  let teachersCampaign: string;

  beforeAll(async () => {
    stage = await openStoryHub(shutdown);
    cast = await callCast(stage);
    ({ found: begun } = await begin(stage, cast));
  }, 3 * MINUTES);
  afterAll(async () => {
    expect(await shutdown.run('end of the test')).toBe(true);
  });

  test(
    'an NGO, a state and a university that do not see each other get one suggestion',
    async () => {
      ({ suggestion } = (await findEachOther(cast)).found);
      expect(suggestion.status).toBe('OPEN');
      expect(suggestion.explanation).toMatch(
        / reach .*students about trafficking in persons on the corridor “Scam compounds/,
      );
      for (const country of ['Indonesia', 'Malaysia', 'the Philippines'])
        expect(suggestion.explanation).toContain(`${country} (origin)`);
    },
    MINUTES,
  );

  test(
    'two endorse, are shown to each other, and look the same as before to everybody else',
    async () => {
      const { before, halfway, after } = (await endorse(cast, suggestion)).found;
      const [toTeachers, toMalaysia, toUniversity, toCoordinator] = before;
      expect(toTeachers).toMatch(/^OPEN: ID somebody; MY somebody; PH Palawan Island Teachers$/);
      expect(toMalaysia).toMatch(/^OPEN: ID somebody; MY .*Malaysia.*; PH somebody$/);
      expect(halfway).toEqual(before);
      expect(after[0]).toMatch(/^AGREED: ID somebody; MY .*Malaysia.*; PH Palawan Island Teachers$/);
      expect(after[1]).toBe(after[0]);
      expect(after.slice(2)).toEqual([toUniversity, toCoordinator]);
      expect(toCoordinator).toMatch(/^OPEN: ID University Migration Lab; .*; PH Palawan Island Teachers$/);
    },
    2 * MINUTES,
  );

  test(
    'it becomes a joint campaign of three countries, in which each accepted its own part',
    async () => {
      ({ joint, teachersCampaign } = (await join(cast, suggestion, begun)).found);
      const parts = joint.parts.map(({ place, role, status, lead }) => [place.code, role, status, lead]);
      expect(parts.toSorted()).toEqual([
        ['ID', 'ORIGIN', 'ACCEPTED', false],
        ['MY', 'ORIGIN', 'ACCEPTED', true],
        ['PH', 'ORIGIN', 'ACCEPTED', false],
      ]);
    },
    MINUTES,
  );

  test(
    'the dates are moved off Ramadan, and each confirms them',
    async () => {
      const ramadan = [0, 27].map((after) => formatCalendarDate(epochDay(stage.ramadan + after)));
      expect(joint.window.start < (ramadan[1] ?? '') && joint.window.end > (ramadan[0] ?? '')).toBe(true);
      const moved = (await moveDates(stage, cast, { ...begun, joint, teachersCampaign, suggestion: suggestion.id }))
        .found;
      expect(moved.against.join(' ')).toMatch(/\d+ days of Ramadan in Indonesia and Malaysia fall inside/);
      ({ joint } = moved);
      expect(joint.window).toMatchObject({ start: moved.chosen.window.start, end: moved.chosen.window.end });
      expect(joint.window.end < (ramadan[0] ?? '') || joint.window.start > (ramadan[1] ?? '')).toBe(true);
      expect(joint.parts.map(({ datesConfirmed }) => datesConfirmed)).toEqual([true, true, true]);
    },
    MINUTES,
  );

  test(
    'once all parts are ready it becomes active',
    async () => {
      expect((await prepare(cast, joint.id)).found).toEqual({ status: 'ACTIVE' });
    },
    MINUTES,
  );

  test(
    'a contradiction is told to both, and is gone when one corrects itself',
    async () => {
      const { warning, suggested, status, warningsLeft } = (await contradict(stage, cast, begun.malaysianCampaign))
        .found;
      expect(warning).toContain('03-5550 0199');
      expect(suggested).toContain('their messages give different numbers to call');
      expect([status, warningsLeft]).toEqual(['LAPSED', []]);
    },
    2 * MINUTES,
  );

  test(
    'a gap is gone once a campaign is planned for it',
    async () => {
      const { before, after } = (await fillGap(cast)).found;
      expect(after).toBe(before - 1);
    },
    MINUTES,
  );

  test(
    'the outcome becomes a case study when all agree, and is suggested in another country',
    async () => {
      const { refused, suggested, countries } = (await publish(stage, cast, joint)).found;
      expect(refused).toContain('Not all who take part agree');
      expect(suggested).toMatch(
        /^A practice from Indonesia, Malaysia and the Philippines could be replicated .* in Viet Nam: /,
      );
      expect(countries).toBe('VN');
    },
    2 * MINUTES,
  );
});

test(
  'the command tells it in less than eighty lines, every chapter with a tick',
  () => {
    execFileSync(NODE, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck']);
    const { status, stdout, stderr } = spawnSync(NODE, ['dist/commands/story.js'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n').length).toBeLessThan(80);
    expect(stdout.match(/^✓ \d\. /gm)).toHaveLength(9);
  },
  5 * MINUTES,
);
