import { withClient } from '../../platform/database/with-client.ts';
import { cpuMsOfTree, rssMbOf } from '../api/cpu.ts';
import { type Side, startSide } from '../api/sides.ts';
import { makeViewer } from '../api/viewer.ts';
import type { Line, Report } from '../report.ts';
import { openBenchHub } from '../world/hub.ts';

export interface ExportsBenchOptions {
  readonly entries: number;
  readonly seed: number;
}

/** The longest list in every form it has, and programmes as IATI, of which there are a tenth. */
const FILES = ['calendar.csv', 'calendar.xlsx', 'calendar.geojson', 'calendar.jsonld', 'programmes.iati.xml'];
const LOOKED_EVERY_MS = 50;

/** Takes whole lists out of a hub, one after the other: rows a second, and the most memory the server had meanwhile. */
export async function benchExports(options: ExportsBenchOptions, report: Report): Promise<void> {
  report.say(`a registry of ${String(options.entries)} entries, seed ${String(options.seed)} …`);
  const hub = await openBenchHub(options);
  try {
    await withClient(hub.adminUrl, (client) => client.query(FURNISH));
    const asking = await makeViewer(hub);
    const side = await startSide('concord', hub, asking);
    try {
      for (const file of FILES) report.line(await measure(side, file, asking.key, hub.postgresPid));
    } finally {
      await side.close();
    }
  } finally {
    await hub.close();
  }
}

/** As much text and as many codes as a record usually has. */
const FURNISH = ['programme', 'campaign', 'calendar_entry']
  .map(
    (table) => `update app.${table} set description = repeat('What is done there, and for whom. ', 12),
      themes = '{people_smuggling,trafficking_in_persons}', audiences = '{prospective_migrant}', channels = '{radio,community_meeting}',
      languages = '{bn,en}', stated = jsonb_build_object('places', places, 'themes', array['people_smuggling'], 'channels', array['radio'])`,
  )
  .join('; ');

async function measure(side: Side, file: string, key: string, postgresPid: number): Promise<Line> {
  const { origin } = new URL(side.request({ name: 'list', concord: '', postgraphile: '' } as never).url);
  const cpuBefore = await cpuMsOfTree(postgresPid);
  const rssBefore = await rssMbOf(side.pid);
  let rssMb = rssBefore ?? 0;
  const looking = setInterval(() => {
    void rssMbOf(side.pid).then((mb) => {
      rssMb = Math.max(rssMb, mb ?? 0);
    });
  }, LOOKED_EVERY_MS);
  const started = performance.now();
  const response = await fetch(`${origin}/exports/${file}`, { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok || response.body === null) throw new Error(`${file}: ${await response.text()}`);
  let bytes = 0;
  let firstMs = 0;
  for await (const chunk of response.body) {
    if (bytes === 0) firstMs = performance.now() - started;
    bytes += (chunk as Uint8Array).length;
  }
  const ms = performance.now() - started;
  clearInterval(looking);
  const rows = Number(response.headers.get('concord-rows'));
  const cpuAfter = await cpuMsOfTree(postgresPid);
  return {
    bench: 'exports',
    file,
    rows,
    mb: Math.round(bytes / 1e5) / 10,
    firstMs: Math.round(firstMs),
    ms: Math.round(ms),
    rowsPerS: Math.round((rows / ms) * 1000),
    rssBeforeMb: rssBefore,
    rssMb,
    postgresCpuMs: cpuBefore === null || cpuAfter === null ? null : Math.round(cpuAfter - cpuBefore),
  };
}
