import { endorse, join } from '../demo/story/agreeing.ts';
import { callCast } from '../demo/story/cast.ts';
import { contradict } from '../demo/story/contradiction.ts';
import { moveDates } from '../demo/story/dates.ts';
import { begin, findEachOther } from '../demo/story/finding.ts';
import { fillGap } from '../demo/story/gap.ts';
import { prepare, publish } from '../demo/story/outcome.ts';
import { type Chapter, dayOf } from '../demo/story/stage.ts';
import { PlainError, messageOf } from '../platform/plain-error.ts';
import { createLog } from '../platform/log.ts';
import { runMain } from '../platform/run-main.ts';
import { endOnSignals, Shutdown } from '../platform/shutdown.ts';
import { openStoryHub } from './story-hub.ts';
import { wrap } from './wrap.ts';

/** `npm run story`: coordination from a programme to a case study, on a hub of its own; exit code 1 with the step that failed. */
await runMain(async () => {
  process.stdout.write('A story on a fresh demo hub. Names, dates and numbers are illustrative. One moment …\n');
  const log = createLog('error');
  const shutdown = new Shutdown({ log, stepLimitMs: 11_000 });
  endOnSignals(shutdown, log);
  try {
    const stage = await openStoryHub(shutdown);
    const cast = await callCast(stage);
    process.stdout.write(
      `On this hub it is ${dayOf(stage, 0)}, ten weeks before Ramadan. All that follows goes through GraphQL over HTTP.\n`,
    );
    const begun = await tell('1. Three who do not know each other', begin(stage, cast));
    const { suggestion } = await tell('2. The hub finds them', findEachOther(cast));
    await tell('3. Two endorse without seeing each other', endorse(cast, suggestion));
    const joined = await tell('4. It becomes a joint campaign', join(cast, suggestion, begun));
    const dates = { ...begun, ...joined, suggestion: suggestion.id };
    const { joint } = await tell('5. Dates are moved off Ramadan', moveDates(stage, cast, dates));
    await tell('6. It becomes active', prepare(cast, joint.id));
    await tell('7. A contradiction is raised and resolved', contradict(stage, cast, begun.malaysianCampaign));
    await tell('8. A gap is filled', fillGap(cast));
    await tell('9. The outcome becomes a case study', publish(stage, cast, joint));
    process.stdout.write('\nThat is the story. Nothing of it is kept.\n');
  } finally {
    await shutdown.run('the end of the story');
  }
});

/** Prints a chapter with a tick once it is over. @throws PlainError that names the chapter when it fails */
async function tell<Found extends object>(title: string, chapter: Promise<Chapter<Found>>): Promise<Found> {
  try {
    const { told, found } = await chapter;
    process.stdout.write(`\n✓ ${title}\n${told.flatMap((line) => wrap(line)).join('\n')}\n`);
    return found;
  } catch (error) {
    throw new PlainError(`\n✗ ${title}\n  ${error instanceof PlainError ? error.message : messageOf(error)}`);
  }
}
