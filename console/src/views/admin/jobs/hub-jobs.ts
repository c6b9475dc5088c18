import { ConcordProblemError, type Page, type Problem } from '@concord/client-sdk';
import { hub } from '../../../hub/hub.ts';

/** How the hub stands behind its API, as a worker found it some seconds ago. */
export interface HubHealth {
  readonly workers: number;
  /** In bytes. */
  readonly databaseBytes: number;
  readonly outboxPending: number;
  readonly outboxLagSeconds: number;
  readonly auditUnsealed: number;
  /** Null: never. */
  readonly auditSealedAt: string | null;
  readonly queues: readonly QueueHealth[];
}

export interface QueueHealth {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** A job that used up its attempts. */
export interface FailedJob {
  readonly id: string;
  readonly queue: string;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: string;
  /** What somebody asked for, and the worker has not done yet. */
  readonly asked: 'RETRY' | 'DISCARD' | null;
}

const JOB = `id queue reason attempts failedAt asked`;
const PROBLEM = `... on Problem { __typename code message }`;

const HEALTH = `query HubHealth {
  hubHealth {
    workers databaseBytes outboxPending outboxLagSeconds auditUnsealed auditSealedAt
    queues { name waiting active delayed failed }
  }
}`;
const FAILED = `query FailedJobs($first: Int!, $after: String) {
  failedJobs(first: $first, after: $after) {
    nodes { ${JOB} }
    pageInfo { hasNextPage endCursor }
    changeToken
    totalCount
  }
}`;
const RETRY = `mutation RetryJob($input: RetryJobInput!) { result: retryJob(input: $input) { ... on FailedJob { ${JOB} } ${PROBLEM} } }`;
const DISCARD = `mutation DiscardJob($input: DiscardJobInput!) { result: discardJob(input: $input) { ... on FailedJob { ${JOB} } ${PROBLEM} } }`;

/** Null: no worker has given a sign of life, or whoever asks is no coordinator. */
export async function readHealth(signal: AbortSignal): Promise<HubHealth | null> {
  return (await hub.query<{ readonly hubHealth: HubHealth | null }>(HEALTH, {}, { signal })).hubHealth;
}

interface FailedJobs {
  readonly failedJobs: Pick<Page<FailedJob>, 'nodes' | 'changeToken'> & {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** The first of them, the last failed first. */
export async function readFailedJobs(
  signal: AbortSignal,
): Promise<{ readonly jobs: readonly FailedJob[]; readonly total: number }> {
  const { failedJobs } = await hub.query<FailedJobs, { first: number; after: string | null }>(
    FAILED,
    { first: 100, after: null },
    { signal },
  );
  return { jobs: failedJobs.nodes, total: failedJobs.totalCount };
}

/** With all its attempts anew. @throws {ConcordProblemError} */
export const retryJob = (id: string): Promise<void> => ask(RETRY, id);

/** What it was to do is not done. @throws {ConcordProblemError} */
export const discardJob = (id: string): Promise<void> => ask(DISCARD, id);

async function ask(document: string, id: string): Promise<void> {
  const { result } = await hub.query<{ readonly result: FailedJob | Problem }, { input: { id: string } }>(document, {
    input: { id },
  });
  if ('message' in result) throw new ConcordProblemError(result);
}
