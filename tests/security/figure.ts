/** The full figures take minutes: `npm run test:security` asks for them, `npm test` runs a smaller version of each proof. */
export const FULL = process.env['CONCORD_SECURITY'] === 'full';

/** The size of a proof: the one the design promises, or one that shows within seconds that it runs. */
export function sized(full: number, small: number): number {
  return FULL ? full : small;
}

/** Prints what a proof found, in one line, for whoever runs it and for the record. */
export function printFigure(proof: string, figure: string): void {
  process.stdout.write(`${proof}: ${figure}${FULL ? '' : ' (small version)'}\n`);
}
