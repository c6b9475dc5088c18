import type { HubSecrets } from '../core/access/hub-secrets.ts';
import { FootprintService } from '../core/footprints/footprint.service.ts';
import { OverlapService } from '../core/overlaps/overlap.service.ts';
import { ComposingService } from '../core/suggestions/composing.service.ts';
import { RevealingService } from '../core/suggestions/revealing.service.ts';
import { VocabularyService } from '../core/vocabulary/vocabulary.service.ts';
import { advanceDay } from './advance-day.worker.ts';
import { applyInsights } from './apply-insights.worker.ts';
import { composeSuggestions } from './compose-suggestions.worker.ts';
import { matchFootprint } from './match-footprint.worker.ts';
import { revealEndorsers } from './reveal-endorsers.worker.ts';
import type { WorkerDefinition } from './runtime/define-worker.ts';

/** What the workers of the hub are made from; their domain services are made here, as the server makes its own. */
export interface WorkerServices {
  readonly secrets: HubSecrets;
}

/** Every worker of the hub, one per queue. */
export function hubWorkers({ secrets }: WorkerServices): readonly WorkerDefinition[] {
  const vocabulary = new VocabularyService();
  const footprints = new FootprintService(vocabulary);
  const overlaps = new OverlapService(vocabulary, footprints, secrets.derivedIds);
  const composing = new ComposingService(vocabulary);
  return [
    matchFootprint(overlaps),
    composeSuggestions(composing),
    applyInsights(overlaps, composing),
    revealEndorsers(new RevealingService()),
    advanceDay(composing),
  ];
}
