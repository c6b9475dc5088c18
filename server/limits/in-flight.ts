/** Operations that one process works on at once; whoever comes next is told to come again. */
export const MOST_IN_FLIGHT = 32;

/** Counts what is worked on. */
export class InFlight {
  private running = 0;

  constructor(private readonly most: number) {}

  /** A place for one operation, given back by calling what is returned, once; null when all are taken. */
  enter(): (() => void) | null {
    if (this.running >= this.most) return null;
    this.running += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.running -= 1;
    };
  }
}
