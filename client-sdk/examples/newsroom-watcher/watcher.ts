import type { Concord, Suggestion } from '@concord/client-sdk';
import type { Notebook } from './notebook.ts';

/** Whom to tell of what. */
export interface Assignment {
  /** Takes a JSON of `id`, `headline`, `text`, `corridor`, `countries` and `window` by POST. */
  readonly webhook: string;
  /** Only what is suggested on this corridor. */
  readonly corridor?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told whenever the line to the hub is there, and whenever it is lost. */
  readonly onLine?: ((isOpen: boolean) => void) | undefined;
}

/**
 * Posts every new suggestion to a webhook, for ever; those of the time when it did not run come first. Each is posted at least
 * once, and a second time only when the program ended between posting and writing that down.
 * @throws when the webhook refuses, or the hub does for good: whoever keeps programs running starts it again
 */
export async function watchForNews(hub: Concord, notebook: Notebook, assignment: Assignment): Promise<void> {
  const { corridor, signal, onLine } = assignment;
  const { since, posted } = await notebook.read();
  // Before anything else: what is written from here on is for the next run, too.
  const { changeToken } = await hub.suggestions.list({ first: 1, filter: { corridor } }).page({ signal });
  let from = since ?? changeToken;
  for await (const suggestion of hub.suggestions.list({ filter: { corridor, changedAfter: from }, signal })) {
    await tell(suggestion);
  }
  from = changeToken;
  await notebook.write({ since: from, posted });
  for await (const suggestion of hub.suggestions.watch({ corridor, changedAfter: changeToken, signal, onLine })) {
    await tell(suggestion);
  }

  /** A suggestion that changes is no news, nor is one that is decided on. */
  async function tell(suggestion: Suggestion): Promise<void> {
    if (suggestion.status !== 'OPEN' || posted.has(suggestion.id)) return;
    await post(assignment.webhook, suggestion, signal);
    posted.add(suggestion.id);
    await notebook.write({ since: from, posted });
  }
}

async function post(webhook: string, suggestion: Suggestion, signal: AbortSignal | undefined): Promise<void> {
  const { id, title, explanation, corridor, countries, window } = suggestion;
  const response = await fetch(webhook, {
    method: 'POST',
    // The same for the same suggestion, for a newsroom that must not print anything twice.
    headers: { 'content-type': 'application/json', 'idempotency-key': id },
    body: JSON.stringify({
      id,
      headline: title,
      text: explanation,
      corridor: corridor?.name ?? null,
      countries: countries.map(({ code }) => code),
      window,
    }),
    ...(signal && { signal }),
  });
  if (!response.ok) throw new Error(`${webhook} answered with HTTP status ${String(response.status)} to ${id}`);
}
