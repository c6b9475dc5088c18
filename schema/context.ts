import type { Viewer } from '../core/access/viewer.ts';
import type { Reads } from '../core/projection/reads.ts';
import type { Notices } from '../platform/notices.ts';

/** What every operation runs under. Resolvers get services by construction; streams find what they need here. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** Also in the `x-request-id` response header, so that a report can be found in the log. */
  readonly requestId: string;
  /** When the operation came, as `performance.now()` counts: its time runs from there, finding out who asks included. */
  readonly cameAt: number;
  readonly reads: Reads;
  readonly notices: Notices;
  /** Is whoever asks still let in, with the same rights as when the operation began? For what stays open. */
  readonly entitled: () => Promise<boolean>;
}
