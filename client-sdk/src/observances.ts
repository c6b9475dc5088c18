import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { Observance, ObservedDays, Problem } from './records.ts';

/** Which observances. */
export interface ObservanceOptions extends CallOptions {
  /** Countries (ISO 3166-1 alpha-2), at most 50. Default: all that the hub knows. */
  readonly countries?: readonly string[] | undefined;
  /** Default: all. */
  readonly kinds?: readonly documents.ObservanceKind[] | undefined;
}

/** Days that matter to campaigns: holidays, religious periods, home visits, international days, elections. */
export class Observances {
  constructor(private readonly calls: Calls) {}

  /**
   * What is observed from one day to another, both included (`2026-03-01`), by start: worked out from calendars from last year to
   * five years ahead, and entered by people. At most two years of 50 countries at once. @throws {ConcordProtocolError}
   */
  async between(
    start: string,
    end: string,
    { countries, kinds, ...options }: ObservanceOptions = {},
  ): Promise<readonly ObservedDays[]> {
    const variables = { between: { start, end }, countries: countries ?? null, kinds: kinds ?? null };
    return (await this.calls.read(documents.Observances, variables, options)).result;
  }

  /** One that somebody entered. Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Observance | null> {
    const { node } = await this.calls.read(documents.GetObservance, { id }, options);
    return node?.__typename === 'Observance' ? node : null;
  }

  /** Enters one: coordinators anywhere, others where their actor is based. @throws {ConcordProblemError} */
  record(input: documents.RecordObservanceInput, options?: CallOptions): Promise<Observance> {
    return accepted(this.tryRecord(input, options));
  }

  /** Like `record`, with a problem as an answer. */
  tryRecord(input: documents.RecordObservanceInput, options?: CallOptions): Promise<Observance | Problem> {
    return this.calls.create(documents.RecordObservance, input, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseObservanceInput, options?: CallOptions): Promise<Observance> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseObservanceInput, options?: CallOptions): Promise<Observance | Problem> {
    return this.calls.change(documents.ReviseObservance, input, options);
  }

  /** Takes it back for good. @throws {ConcordProblemError} */
  withdraw(observance: RecordRead, options?: CallOptions): Promise<Observance> {
    return accepted(this.tryWithdraw(observance, options));
  }

  /** Like `withdraw`, with a problem as an answer. */
  tryWithdraw(observance: RecordRead, options?: CallOptions): Promise<Observance | Problem> {
    return this.calls.change(documents.WithdrawObservance, asRead(observance), options);
  }
}
