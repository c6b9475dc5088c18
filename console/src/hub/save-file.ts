import type { ExportedFile } from '@concord/client-sdk';

/** Hands a file of the hub to the browser, as a download of the name the hub gave it; what breaks off is not handed over. */
export async function saveFile({ body, fileName, mediaType }: ExportedFile): Promise<void> {
  const content = await new Response(body, { headers: { 'content-type': mediaType } }).blob();
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has begun to take it by then; nothing else tells when it has ended.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
