import type * as Access from '../../core/access/unit-of-work.ts';
import type * as Viewers from '../../core/access/viewer.ts';
import type * as Actors from '../../core/actors/actor.service.ts';
import type * as Calendar from '../../core/calendar/calendar.service.ts';
import type * as Campaigns from '../../core/campaigns/campaign.service.ts';
import type * as Entities from '../../core/entities.ts';
import type * as Services from '../../core/imports/import.service.ts';
import type * as Importers from '../../core/imports/importer.ts';
import type * as Names from '../../core/names/name-question.service.ts';
import type { Outcome } from '../../core/outcome.ts';
import type * as Programmes from '../../core/programmes/programme.service.ts';
import type * as Vocabularies from '../../core/vocabulary/vocabulary.service.ts';
import type * as Clocks from '../../platform/clock.ts';
import type * as Orms from '../../platform/database/orm.ts';
import type * as Ids from '../../platform/ids.ts';

/** The services that take imports in and work on them, as compiled for production, without queues between. */
export interface Importing {
  /** Takes a file in. @returns the id of its import */
  upload(content: Uint8Array, fileName: string): Promise<string>;
  /** Has it read, and said what it would do. */
  'dry-run'(id: string): Promise<void>;
  apply(id: string): Promise<void>;
  /** All three. */
  bring(content: Uint8Array, fileName: string): Promise<void>;
  close(): Promise<void>;
}

const compiled = async <T>(path: string): Promise<T> =>
  (await import(new URL(`../../dist/${path}.js`, import.meta.url).href)) as T;

export async function openImporting(url: string): Promise<Importing> {
  const { UnitOfWork } = await compiled<typeof Access>('core/access/unit-of-work');
  const { HUB_VIEWER } = await compiled<typeof Viewers>('core/access/viewer');
  const { ActorService } = await compiled<typeof Actors>('core/actors/actor.service');
  const { CalendarService } = await compiled<typeof Calendar>('core/calendar/calendar.service');
  const { CampaignService } = await compiled<typeof Campaigns>('core/campaigns/campaign.service');
  const { ProgrammeService } = await compiled<typeof Programmes>('core/programmes/programme.service');
  const { VocabularyService } = await compiled<typeof Vocabularies>('core/vocabulary/vocabulary.service');
  const { ImportService } = await compiled<typeof Services>('core/imports/import.service');
  const { NameQuestionService } = await compiled<typeof Names>('core/names/name-question.service');
  const { Importer } = await compiled<typeof Importers>('core/imports/importer');
  const { entities } = await compiled<typeof Entities>('core/entities');
  const { systemClock } = await compiled<typeof Clocks>('platform/clock');
  const { systemRandomness } = await compiled<typeof Ids>('platform/ids');
  const { openOrm } = await compiled<typeof Orms>('platform/database/orm');

  const orm = await openOrm({ url, entities, applicationName: 'bench-imports' });
  const unitOfWork = new UnitOfWork(orm, systemClock, systemRandomness);
  const vocabulary = new VocabularyService();
  const calendar = new CalendarService(unitOfWork, vocabulary);
  const campaigns = new CampaignService(unitOfWork, vocabulary, calendar);
  const service = new ImportService(unitOfWork);
  const importer = new Importer(unitOfWork, {
    vocabulary,
    actors: new ActorService(unitOfWork, vocabulary),
    programmes: new ProgrammeService(unitOfWork, vocabulary, campaigns),
    campaigns,
    calendar,
    names: new NameQuestionService(unitOfWork),
  });
  const importing: Importing = {
    upload: async (content, fileName) => savedId(await service.upload(HUB_VIEWER, { content, fileName, read: true })),
    'dry-run': async (id) => {
      await importer.work(HUB_VIEWER, id);
    },
    apply: async (id) => {
      // Nobody else has moved it on: it was taken in as version 1 and read as version 2.
      savedId(await service.apply(HUB_VIEWER, { id, expectedVersion: 2 }));
      await importer.work(HUB_VIEWER, id);
    },
    bring: async (content, fileName) => {
      const id = await importing.upload(content, fileName);
      await importing['dry-run'](id);
      await importing.apply(id);
    },
    close: () => orm.close(),
  };
  return importing;
}

function savedId(outcome: Outcome): string {
  if (outcome.kind !== 'saved') throw new Error(`expected saved, found ${JSON.stringify(outcome)}`);
  return outcome.id;
}
