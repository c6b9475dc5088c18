import type { Command } from 'commander';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { FootprintService } from '../../core/footprints/footprint.service.ts';
import { OverlapService } from '../../core/overlaps/overlap.service.ts';
import { sayReport, isClean } from '../../core/reconcile/report.ts';
import { ReconcileService } from '../../core/reconcile/reconcile.service.ts';
import { RecomputingService } from '../../core/recomputation/recomputing.service.ts';
import { startRecomputation } from '../../core/recomputation/start-recomputation.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import type { OpenHub } from '../open-hub.ts';
import { followRecomputation } from './follow-recomputation.ts';
import type { Opening } from './program.ts';
import { withHub } from './with-hub.ts';

interface Options {
  readonly json?: true;
  readonly repair?: true;
  readonly thorough?: boolean;
}

/** Exit code 1 when what is stored differs from what the registry says. */
export function addReconcile(program: Command, open: Opening): void {
  program
    .command('reconcile')
    .description(
      'Recomputes footprints, overlaps and suggestions from the registry and reports what is stored otherwise.',
    )
    .option('--json', 'the whole report as JSON instead of a summary')
    .option('--repair', 'store what should be there, then compare again')
    .option(
      '--thorough',
      'with --repair: look again at what an earlier repair has compared and nobody has written since',
    )
    .action(async (options: Options) => {
      process.exitCode = await withHub(open, (hub) => reconcile(hub, options));
    });
}

async function reconcile(hub: OpenHub, { json, repair, thorough = false }: Options): Promise<number> {
  const progress = (line: string): void => {
    process.stderr.write(`${line} …\n`);
  };
  const vocabulary = new VocabularyService();
  const footprints = new FootprintService(vocabulary);
  const overlaps = new OverlapService(vocabulary, footprints, hub.secrets.derivedIds);
  const service = new ReconcileService(vocabulary, footprints);
  progress('Waiting until everything written is matched');
  await hub.quiet();
  if (repair) {
    progress('Storing what should be there');
    const recomputing = new RecomputingService(vocabulary, overlaps);
    const { queues } = hub.workers;
    await followRecomputation(
      queues,
      await startRecomputation(hub.workerUnitOfWork, queues, recomputing, { thorough }),
    );
    await hub.quiet();
  }
  const report = await hub.workerUnitOfWork.look(HUB_VIEWER, (work) =>
    service.compare(work, (step) => {
      progress(`Comparing ${step}`);
    }),
  );
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : sayReport(report));
  return isClean(report) ? 0 : 1;
}
