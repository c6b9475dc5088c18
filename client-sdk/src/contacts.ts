import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import type { Contact, ErasedContact, Problem } from './records.ts';

/** Whom to write to about an actor or a programme, in their work and for a stated purpose. */
export class Contacts {
  constructor(private readonly calls: Calls) {}

  /** Those of an actor or a programme, as far as you may see them, the first entered first; at most 50. */
  async of(id: string, options?: CallOptions): Promise<readonly Contact[]> {
    return (await this.calls.read(documents.Contacts, { of: id }, options)).result;
  }

  /** Adds one to your actor or to a programme of it; an e-mail address or a telephone number is needed. @throws {ConcordProblemError} */
  add(input: documents.AddContactInput, options?: CallOptions): Promise<Contact> {
    return accepted(this.tryAdd(input, options));
  }

  /** Like `add`, with a problem as an answer. */
  tryAdd(input: documents.AddContactInput, options?: CallOptions): Promise<Contact | Problem> {
    return this.calls.create(documents.AddContact, input, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseContactInput, options?: CallOptions): Promise<Contact> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseContactInput, options?: CallOptions): Promise<Contact | Problem> {
    return this.calls.change(documents.ReviseContact, input, options);
  }

  /** Forgets a person for good. A second time tells when it was. @throws {ConcordProblemError} */
  erase(id: string, options?: CallOptions): Promise<ErasedContact> {
    return accepted(this.tryErase(id, options));
  }

  /** Like `erase`, with a problem as an answer. */
  tryErase(id: string, options?: CallOptions): Promise<ErasedContact | Problem> {
    return this.calls.repeatable(documents.EraseContact, { id }, options);
  }
}
