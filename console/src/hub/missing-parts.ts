/** Vite tells of a part of the page that could not be fetched, by the error that whoever wanted it gets; it is the same in all browsers. */
interface PreloadError extends Event {
  readonly payload: Error;
}

const missing = new WeakSet<object>();

/** From now on it is known of errors whether a part of the page could not be fetched: the line is cut, or the hub has a newer page. */
export function noteMissingParts(): void {
  addEventListener('vite:preloadError', (event) => {
    missing.add((event as PreloadError).payload);
  });
}

export function isMissingPart(error: unknown): boolean {
  return typeof error === 'object' && error !== null && missing.has(error);
}
