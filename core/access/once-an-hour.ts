const HOUR_MS = 3_600_000;
/** How many are remembered as told; beyond that all are forgotten, and some are told twice. */
const MOST_REMEMBERED = 10_000;

/** Tells of each that it happened, once an hour: for what happens with every request. Each process remembers for itself. */
export class OnceAnHour {
  private readonly toldInHour = new Map<string, number>();

  /** Resolves once it was told. Whoever asks while the first telling is under way tells too, so that nobody goes on untold. */
  async tell(what: string, nowMs: number, tell: () => Promise<void>): Promise<void> {
    const hour = Math.floor(nowMs / HOUR_MS);
    if (this.toldInHour.get(what) === hour) return;
    await tell();
    if (this.toldInHour.size >= MOST_REMEMBERED) this.toldInHour.clear();
    this.toldInHour.set(what, hour);
  }
}
