import type { TypedDocument } from './document.ts';
import { ConcordProblemError } from './errors.ts';
import { isProblem, type Problem, type Success } from './records.ts';
import { withRetries } from './retry.ts';
import type { Surroundings } from './surroundings.ts';
import { type Access, exchange } from './transport.ts';

/** What every call takes beside its own arguments. */
export interface CallOptions {
  /** Ends the call, its retries included; it then throws the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** How a client calls its hub. */
export interface CallSettings extends Access {
  /** How long one attempt may take. */
  readonly timeoutMs: number;
  /** How often a call that is harmless to repeat is repeated when the network fails. */
  readonly retries: number;
}

/** A document whose root field is called `result` and answers a record or a problem. */
export type Change<Input, Result> = TypedDocument<{ readonly result: Result }, { readonly input: Input }>;

interface Keyed {
  readonly clientMutationKey?: string | null | undefined;
}

/** Reads and changes, each repeated on bad networks as far as that is harmless. From outside it is made by `connect`, and passed on. */
export class Calls {
  /** @internal */
  constructor(
    readonly settings: CallSettings,
    readonly surroundings: Surroundings,
  ) {}

  /** Reading is harmless to repeat. @internal */
  read<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    options: CallOptions = {},
  ): Promise<Result> {
    return withRetries(this.surroundings, { retries: this.settings.retries, signal: options.signal }, () =>
      this.once(document, variables, options),
    );
  }

  /** Makes something new: the key, made here once, makes every repetition of it the same intention. @internal */
  async create<Input extends Keyed, Result>(
    document: Change<Input, Result>,
    input: Input,
    options: CallOptions = {},
  ): Promise<Result> {
    const clientMutationKey = input.clientMutationKey ?? this.surroundings.newKey();
    return (await this.read(document, { input: { ...input, clientMutationKey } }, options)).result;
  }

  /** A change whose repetition changes nothing more. @internal */
  async repeatable<Input, Result>(
    document: Change<Input, Result>,
    input: Input,
    options: CallOptions = {},
  ): Promise<Result> {
    return (await this.read(document, { input }, options)).result;
  }

  /** A change that is sent once: when the answer is lost, only the caller can tell whether to send it again. @internal */
  async change<Input, Result>(
    document: Change<Input, Result>,
    input: Input,
    options: CallOptions = {},
  ): Promise<Result> {
    return (await this.once(document, { input }, options)).result;
  }

  /** One attempt. @internal */
  async once<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    { signal }: CallOptions = {},
  ): Promise<Result> {
    const operation = { query: document.toString(), variables };
    // What the types say of the answer is what the hub promises by its contract.
    return (await exchange(this.surroundings, this.settings, operation, {
      timeoutMs: this.settings.timeoutMs,
      signal,
    })) as Result;
  }
}

/** The record. @throws {ConcordProblemError} when it is a problem */
export async function accepted<Result extends object>(answer: Promise<Result>): Promise<Success<Result>> {
  const result = await answer;
  if (isProblem(result)) throw new ConcordProblemError<Problem>(result);
  return result as Success<Result>;
}
