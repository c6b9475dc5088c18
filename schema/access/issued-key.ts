import type { GraphQLResolveInfo } from 'graphql';
import type { IssueOutcome } from '../../core/access/api-key.service.ts';
import { saved } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { fieldsOn } from '../../core/projection/selection.ts';
import { answer, problemOf } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';

/** The record as read back, and beside it the text, which is stored nowhere and so cannot be read. */
export async function answerIssued(
  reads: Reads,
  context: RequestContext,
  info: GraphQLResolveInfo,
  outcome: IssueOutcome,
): Promise<unknown> {
  if (outcome.kind !== 'issued') return problemOf(outcome);
  const read = await answer(reads, context, info, 'IssuedApiKey', saved(outcome.id));
  const texts = fieldsOn(selectionOf(info), 'IssuedApiKey').filter(({ field }) => field === 'text');
  return Object.assign({}, read, Object.fromEntries(texts.map(({ key }) => [key, outcome.text])));
}
