import type { MigrationStep } from '../../platform/database/orm.ts';
import { Foundation } from './0001-foundation.ts';
import { VocabularyTables } from './0002-vocabulary.ts';
import { Outbox } from './0003-outbox.ts';
import { Registry } from './0004-registry.ts';
import { Matching } from './0005-matching.ts';
import { Suggestions } from './0006-suggestions.ts';
import { Access } from './0007-access.ts';
import { ReleasedForms } from './0008-released-forms.ts';
import { Identity } from './0009-identity.ts';
import { Audit } from './0010-audit.ts';
import { Contacts } from './0011-contacts.ts';
import { Answers } from './0012-answers.ts';
import { Presence } from './0013-presence.ts';
import { InsideRestricted } from './0014-inside-restricted.ts';
import { SuggestionKinds } from './0015-suggestion-kinds.ts';
import { IdsInRows } from './0016-ids-in-rows.ts';
import { MessageFacts } from './0017-message-facts.ts';
import { InsightsAndGaps } from './0018-insights-and-gaps.ts';
import { JointCampaigns } from './0019-joint-campaigns.ts';
import { Observances } from './0020-observances.ts';
import { Coverage } from './0021-coverage.ts';
import { Guidance } from './0022-guidance.ts';
import { Practices } from './0023-practices.ts';
import { IdentifiersAndIssuers } from './0025-identifiers-and-issuers.ts';
import { Ranking } from './0026-ranking.ts';
import { MetBesideASuggestion } from './0029-met-beside-a-suggestion.ts';

/** In the order in which they run. Forward only: a released one is never edited. */
export const migrations: readonly MigrationStep[] = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-vocabulary', class: VocabularyTables },
  { name: '0003-outbox', class: Outbox },
  { name: '0004-registry', class: Registry },
  { name: '0005-matching', class: Matching },
  { name: '0006-suggestions', class: Suggestions },
  { name: '0007-access', class: Access },
  { name: '0008-released-forms', class: ReleasedForms },
  { name: '0009-identity', class: Identity },
  { name: '0010-audit', class: Audit },
  { name: '0011-contacts', class: Contacts },
  { name: '0012-answers', class: Answers },
  { name: '0013-presence', class: Presence },
  { name: '0014-inside-restricted', class: InsideRestricted },
  { name: '0015-suggestion-kinds', class: SuggestionKinds },
  { name: '0016-ids-in-rows', class: IdsInRows },
  { name: '0017-message-facts', class: MessageFacts },
  { name: '0018-insights-and-gaps', class: InsightsAndGaps },
  { name: '0019-joint-campaigns', class: JointCampaigns },
  { name: '0020-observances', class: Observances },
  { name: '0021-coverage', class: Coverage },
  { name: '0022-guidance', class: Guidance },
  { name: '0023-practices', class: Practices },
  { name: '0025-identifiers-and-issuers', class: IdentifiersAndIssuers },
  { name: '0026-ranking', class: Ranking },
  { name: '0029-met-beside-a-suggestion', class: MetBesideASuggestion },
];
