import { scopesOf } from '../../core/access/scopes.ts';
import type { Viewer } from '../../core/access/viewer.ts';
import { mentionKey } from '../../core/names/match-organisation.ts';
import { matchOrganisations } from '../../core/names/match-organisations.ts';
import type { TestHub } from './hub.ts';

/** Has the people of an actor asked whom a name in a sheet of theirs means. */
export async function askWhomItMeans(hub: TestHub, actorId: string, name: string): Promise<void> {
  const { unitOfWork, names } = hub.app.services;
  const viewer: Viewer = {
    keyId: 'key_test',
    userId: null,
    label: 'test',
    role: 'editor',
    actorId,
    scopes: scopesOf('editor'),
  };
  const mention = { name, code: null };
  await unitOfWork.run(viewer, async (work) => {
    const verdict = (await matchOrganisations(work, [mention])).get(mentionKey(mention));
    const candidates = verdict?.kind === 'doubtful' ? verdict.candidates : [];
    await names.askIn(work, [{ mention, candidates }], 'sheet.csv');
  });
}
