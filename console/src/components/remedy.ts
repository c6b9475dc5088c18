import { ConcordProblemError, ConcordProtocolError, ConcordTransportError } from '@concord/client-sdk';
import type { MessageDescriptor } from 'react-intl';
import { isMissingPart } from '../hub/missing-parts.ts';

/** What to say about something that went wrong, and whether the same again may help. */
export interface Remedy {
  /** Of ours, or the hub's own words, which are in English and say what to do. */
  readonly message: MessageDescriptor | string;
  readonly canRepeat: boolean;
}

export function remedyFor(error: unknown): Remedy {
  if (error instanceof ConcordProblemError) return { message: error.message, canRepeat: false };
  if (error instanceof ConcordProtocolError && error.code === 'BAD_USER_INPUT') {
    return { message: error.message, canRepeat: false };
  }
  if (isMissingPart(error)) return { message: { id: 'shell.offline' }, canRepeat: true };
  if (!(error instanceof ConcordTransportError)) return { message: { id: 'shell.fault' }, canRepeat: true };
  switch (error.status) {
    case null:
      return { message: { id: 'shell.offline' }, canRepeat: true };
    case 401:
      return { message: { id: 'shell.ended' }, canRepeat: false };
    case 403:
      return { message: { id: 'shell.forbidden' }, canRepeat: false };
    case 429:
    case 503:
      return { message: { id: 'shell.busy' }, canRepeat: true };
    default:
      return { message: { id: 'shell.fault' }, canRepeat: true };
  }
}
