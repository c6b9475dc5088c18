import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import type { Problem, RegisteredWebhook, Webhook } from './records.ts';

/** Programs that are called whenever your actor is notified. */
export class Webhooks {
  constructor(private readonly calls: Calls) {}

  /** Those of your actor, the first registered first, at most 10. Empty for whoever is no editor. */
  async list(options?: CallOptions): Promise<readonly Webhook[]> {
    return (await this.calls.read(documents.Webhooks, {}, options)).result;
  }

  /**
   * Has a program called at an https address. This answer alone shows the secret that signs the calls: keep it.
   * @throws {ConcordProblemError}
   */
  register(input: documents.RegisterWebhookInput, options?: CallOptions): Promise<RegisteredWebhook> {
    return accepted(this.tryRegister(input, options));
  }

  /** Like `register`, with a problem as an answer. */
  tryRegister(input: documents.RegisterWebhookInput, options?: CallOptions): Promise<RegisteredWebhook | Problem> {
    return this.calls.change(documents.RegisterWebhook, input, options);
  }

  /**
   * Calls it once, in a moment: its `lastDelivery` then tells what became of it. One that was disabled is called again when it
   * answers. @throws {ConcordProblemError}
   */
  ping(id: string, options?: CallOptions): Promise<Webhook> {
    return accepted(this.tryPing(id, options));
  }

  /** Like `ping`, with a problem as an answer. */
  tryPing(id: string, options?: CallOptions): Promise<Webhook | Problem> {
    return this.calls.change(documents.PingWebhook, { id }, options);
  }

  /** Ends it: what waits is not delivered either. @throws {ConcordProblemError} */
  revoke(id: string, options?: CallOptions): Promise<Webhook> {
    return accepted(this.tryRevoke(id, options));
  }

  /** Like `revoke`, with a problem as an answer. */
  tryRevoke(id: string, options?: CallOptions): Promise<Webhook | Problem> {
    return this.calls.repeatable(documents.RevokeWebhook, { id }, options);
  }
}
