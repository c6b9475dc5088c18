import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { Problem, Share } from './records.ts';

/** Which actors may see a programme that not everybody may see. */
export class Shares {
  constructor(private readonly calls: Calls) {}

  /** Those of a programme, ended ones too: all to its owner and coordinators, its own to an actor it is shared with. */
  async of(programme: string, options?: CallOptions): Promise<readonly Share[]> {
    const { node } = await this.calls.read(documents.SharesOfProgramme, { id: programme }, options);
    return node?.__typename === 'Programme' ? node.shares : [];
  }

  /** Lets one actor see a programme of yours and everything inside it, for a purpose and until a day. @throws {ConcordProblemError} */
  grant(input: documents.ShareProgrammeInput, options?: CallOptions): Promise<Share> {
    return accepted(this.tryGrant(input, options));
  }

  /** Like `grant`, with a problem as an answer. */
  tryGrant(input: documents.ShareProgrammeInput, options?: CallOptions): Promise<Share | Problem> {
    return this.calls.change(documents.ShareProgramme, input, options);
  }

  /** Ends it at once. @throws {ConcordProblemError} */
  revoke(share: RecordRead, options?: CallOptions): Promise<Share> {
    return accepted(this.tryRevoke(share, options));
  }

  /** Like `revoke`, with a problem as an answer. */
  tryRevoke(share: RecordRead, options?: CallOptions): Promise<Share | Problem> {
    return this.calls.change(documents.RevokeShare, asRead(share), options);
  }
}
