import type { Comparison } from './compare.ts';
import type { ReconcileReport } from './reconcile.service.ts';

const EXAMPLES_SHOWN = 5;

/** Whether everything stored is what the registry says. */
export function isClean({ footprints, overlaps, drafts, gaps }: ReconcileReport): boolean {
  return [footprints, overlaps, drafts, gaps].every(({ differences }) => differences.length === 0);
}

/** The report in lines for people, with at most five examples of each kind. */
export function sayReport(report: ReconcileReport): string {
  const lines = [
    ...sayComparison('footprints', report.footprints),
    ...sayComparison('overlaps', report.overlaps),
    ...sayComparison('drafts of suggestions', report.drafts),
    ...sayComparison('gaps', report.gaps),
    verdict(report),
  ];
  return `${lines.join('\n')}\n`;
}

function sayComparison(name: string, { expected, differences }: Comparison): string[] {
  const examples = differences.slice(0, EXAMPLES_SHOWN).map(({ key, message }) => `    ${key}: ${message}`);
  const left = differences.length - examples.length;
  return [
    `  ${String(expected)} ${name} expected, ${String(differences.length)} ${differences.length === 1 ? 'difference' : 'differences'}`,
    ...examples,
    ...(left > 0 ? [`    and ${String(left)} more`] : []),
  ];
}

function verdict(report: ReconcileReport): string {
  if (isClean(report)) return 'Everything stored is what the registry says.';
  return report.pending > 0
    ? `What is stored differs, but ${String(report.pending)} changes wait to be matched: run it again when they are.`
    : 'What is stored differs from what the registry says; --repair stores what should be there.';
}
