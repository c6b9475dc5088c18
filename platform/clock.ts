const DAY_MS = 86_400_000;

/** The only source of the present; everything above `platform/` gets one passed in. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Whole days since 1970-01-01, by the calendar of UTC. */
  today(): number;
}

function clockOf(now: () => number): Clock {
  return { now, today: () => Math.floor(now() / DAY_MS) };
}

/** The machine's own clock. */
export const systemClock: Clock = clockOf(() => Date.now());

/** A clock that shows `startMs` (epoch milliseconds) now and runs on like the machine's, until `advance` moves it forward. */
export function clockSetTo(startMs: number): Clock & { advance(byMs: number): void } {
  let aheadMs = startMs - Date.now();
  return {
    ...clockOf(() => Date.now() + aheadMs),
    advance: (byMs) => {
      aheadMs += byMs;
    },
  };
}

/** A clock that stands at `startMs` (epoch milliseconds) until `advance` moves it by some milliseconds. */
export function fixedClock(startMs: number): Clock & { advance(byMs: number): void } {
  let nowMs = startMs;
  return {
    ...clockOf(() => nowMs),
    advance: (byMs) => {
      nowMs += byMs;
    },
  };
}
