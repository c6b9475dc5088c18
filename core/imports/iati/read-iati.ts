import { PlainError } from '../../../platform/plain-error.ts';
import type { FromFile } from '../source-record.ts';
import { readActivities } from './read-activities.ts';
import { iatiRecords } from './source-records.ts';

/** Activities at most. */
const MOST_ACTIVITIES = 100_000;

/** Reads an IATI file in a thread of its own. @throws PlainError that names file and line when it cannot be read to its end */
export async function* read({
  bytes,
  fileName,
}: {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}): AsyncGenerator<FromFile> {
  const activities = [];
  for await (const activity of readActivities(once(bytes), fileName)) {
    activities.push(activity);
    if (activities.length > MOST_ACTIVITIES) {
      const most = String(MOST_ACTIVITIES);
      throw new PlainError(`${fileName} line ${String(activity.line)}: more than ${most} activities. Split the file.`);
    }
  }
  yield* iatiRecords(activities);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
