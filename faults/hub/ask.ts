/** What became of one request. */
export interface Answered {
  /** Null: no answer came. */
  readonly status: number | null;
  /** 200 and no error in it. */
  readonly ok: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly data: unknown;
  /** The first error, or why no answer came. */
  readonly trouble: string;
}

/** Longer than anything the hub may take: what comes later is a hang. */
const PATIENCE_MS = 30_000;

/** Sends one operation once; never throws. */
export async function ask(url: string, key: string, query: string, variables: object = {}): Promise<Answered> {
  const startedAt = performance.now();
  const answered = (status: number | null, ok: boolean, data: unknown, trouble: string): Answered => ({
    ...{ status, ok, startedAt, data, trouble },
    endedAt: performance.now(),
  });
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const body = (await response.json()) as { data?: unknown; errors?: readonly { message: string }[] };
    return answered(response.status, response.ok && !body.errors, body.data, body.errors?.[0]?.message ?? '');
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return answered(null, false, null, cause instanceof Error ? cause.message : String(cause));
  }
}

/** What a page of a hub asks for. */
export const LIST = '{ programmes(first: 20) { nodes { id name owner { name } } } }';
export const REGISTER = `mutation ($input: RegisterProgrammeInput!) {
  registerProgramme(input: $input) { __typename ... on Programme { id version } ... on Problem { message } }
}`;

/** The value below which so many of a hundred are; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
