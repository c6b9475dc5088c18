import { setTimeout as pause } from 'node:timers/promises';
import { PlainError } from '../../platform/plain-error.ts';

const LOOK_AGAIN_MS = 200;
const MOST_LOOKS = 300;

/** What a change answers, beside what was selected. */
export interface Changed {
  readonly id: string;
  readonly version: number;
}

/** One of the people of the story, at the hub's GraphQL over HTTP, with a key. */
export class HubClient {
  constructor(
    private readonly url: string,
    /** As the story calls them. */
    readonly name: string,
    private readonly key: string,
  ) {}

  /** Sends an operation. @throws PlainError with the hub's own words when it refuses it */
  async ask<Answer = unknown>(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.key}` };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as { data?: Answer; errors?: readonly { message: string }[] };
    if (data === undefined || errors) throw new PlainError(`${this.name}: ${JSON.stringify(errors)} to ${query}`);
    return data;
  }

  /**
   * Sends one mutation and selects these fields of the record that it answers.
   * @param answers the type of that record
   * @param type the name of its input, where it is not called as the mutation is
   */
  async change<Record = Changed>(
    mutation: string,
    answers: string,
    input: object,
    fields = 'id version',
    type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`,
  ): Promise<Record> {
    const { result } = await this.ask<{ result: Record & { __typename: string; message?: string; issues?: unknown } }>(
      `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { __typename ... on ${answers} { ${fields} }
        ... on Problem { message } ... on InvalidInput { issues { path message } } } }`,
      { input },
    );
    if (result.__typename === answers) return result;
    const { __typename: problem, message, issues } = result;
    const details = issues === undefined ? '' : ` ${JSON.stringify(issues)}`;
    throw new PlainError(`${mutation} was refused to ${this.name}: ${problem}: ${message ?? ''}${details}`);
  }
}

/** Looks until something is there, which background work brings about. @throws PlainError after a minute */
export async function until<Found>(what: string, look: () => Promise<Found | null | undefined>): Promise<Found> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    await pause(LOOK_AGAIN_MS);
  }
  throw new PlainError(`Waited for a minute in vain: ${what}.`);
}

/** @throws PlainError that says what the story expected, when it is not so */
export function expectThat(isSo: boolean, what: string): void {
  if (!isSo) throw new PlainError(`The story expected that ${what}.`);
}
