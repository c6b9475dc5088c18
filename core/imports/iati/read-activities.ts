import { readXml } from '../read-xml.ts';
import { xmlText } from '../xml-text.ts';
import type { IatiActivity } from './activity.ts';
import { ActivityListener } from './activity-listener.ts';

/**
 * The activities of an IATI file in the order of the file, one in memory at a time.
 * @throws PlainError that names file and line when the file cannot be read to its end.
 */
export function readActivities(bytes: AsyncIterable<Uint8Array>, fileName: string): AsyncGenerator<IatiActivity> {
  return readXml(xmlText(bytes, fileName), new ActivityListener(fileName), fileName);
}
