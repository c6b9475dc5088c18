import type { Work } from '../access/unit-of-work.ts';
import { writeGaps } from '../gaps/gap.rows.ts';
import type { Scope } from '../jobs/scope.ts';
import { append } from '../outbox/outbox.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { composeScope } from './compose-scope.ts';
import { beginComposition, readContents, readEveryScope, readOutdatedScopes } from './composition.rows.ts';
import { foldProposals } from './fold-proposals.ts';
import { refreshRanking } from './ranking.rows.ts';
import { takeHistory, writeChanges } from './suggestion.rows.ts';

/** How composing a scope ended. */
export type ComposeOutcome =
  | { readonly kind: 'composed'; readonly changed: number }
  /** The scope names a corridor or country that the vocabulary does not know. */
  | { readonly kind: 'unknown-scope' };

/** Composes suggestions in the background. */
export class ComposingService {
  constructor(private readonly vocabulary: VocabularyService) {}

  /**
   * Finds the gaps of a scope and composes its suggestions anew, folds them into what people decided, and announces what is different. Running it
   * twice writes no suggestion twice: what says the same stays untouched. One scope is composed by one transaction at a time.
   */
  async compose(work: Work, scope: Scope): Promise<ComposeOutcome> {
    const { em } = work;
    if (!knows(await this.vocabulary.current(em), scope)) return { kind: 'unknown-scope' };
    const asOf = await beginComposition(em, scope, work);
    const history = await takeHistory(em, scope, asOf);
    const contents = await readContents(em, scope, asOf);
    const vocabulary = await this.vocabulary.current(em);
    const { composed, gaps } = composeScope(scope, contents, vocabulary, asOf);
    if (scope.startsWith('corridor:')) await writeGaps(em, scope, gaps);
    const changes = foldProposals(history, composed, vocabulary, asOf);
    const ids = await writeChanges(em, scope, changes, { now: work.now, newId: () => work.newId('sug') });
    await refreshRanking(em, scope);
    await append(em, ...ids.map((id) => ({ kind: 'suggestion.changed' as const, id })));
    return { kind: 'composed', changed: ids.length };
  }

  /**
   * Has every scope composed again that was last composed before today, and corridors that never were, for they have gaps before
   * anybody works there; returns how many. For the turn of the day.
   */
  async touchOutdated(work: Work): Promise<number> {
    return touch(work, await readOutdatedScopes(work.em, work.today));
  }

  /** Has every corridor and every country that was composed before composed again: for when insights are others. */
  async touchAll(work: Work): Promise<number> {
    return touch(work, await readEveryScope(work.em));
  }
}

async function touch(work: Work, scopes: readonly Scope[]): Promise<number> {
  await append(work.em, ...scopes.map((scope) => ({ kind: 'scope.touched' as const, scope })));
  return scopes.length;
}

function knows(vocabulary: Vocabulary, scope: Scope): boolean {
  const code = scope.slice(scope.indexOf(':') + 1);
  return vocabulary.knows(scope.startsWith('corridor:') ? 'corridor' : 'place', code);
}
