import type { ImportRun } from '@concord/client-sdk';
import { hub } from '../../../hub/hub.ts';

/** Leaves the sheet with remarks in the downloads of whoever sent it. */
export async function saveCopy(run: ImportRun): Promise<void> {
  const { fileName, body } = await hub.imports.annotated(run);
  const url = URL.createObjectURL(await new Response(body).blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
