import { Concord } from '@concord/client-sdk';
import { notebookIn } from './notebook.ts';
import { watchForNews } from './watcher.ts';

const {
  CONCORD_URL: url = 'http://127.0.0.1:4000',
  CONCORD_API_KEY: apiKey = '',
  WEBHOOK = '',
  CORRIDOR,
} = process.env;
if (WEBHOOK === '') throw new Error('WEBHOOK is not set: to which address shall news be posted?');
const [file = 'posted.json'] = process.argv.slice(2);
const enough = new AbortController();
process.once('SIGINT', () => {
  enough.abort();
});
try {
  await watchForNews(new Concord({ url, apiKey }), notebookIn(file), {
    webhook: WEBHOOK,
    corridor: CORRIDOR,
    signal: enough.signal,
  });
} catch (error) {
  if (!enough.signal.aborted) throw error;
}
