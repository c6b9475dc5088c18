import type { Viewer } from '../core/access/viewer.ts';

/** What every resolver gets beside its arguments. Services and reads reach it by construction, not by context. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** Also in the `x-request-id` response header, so that a report can be found in the log. */
  readonly requestId: string;
}
