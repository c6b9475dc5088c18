import type { Reads } from '../projection/reads.ts';
import { BadRequest, type Selection, select } from '../projection/selection.ts';
import type { Viewer } from './viewer.ts';

/** Through whose eyes an owner looks at its own record. */
export type Eyes = 'anybody' | 'any_member' | 'coordinator';

const NOBODY = { keyId: 'preview', userId: null, label: 'A preview', actorId: null, scopes: [] } as const;
const VIEWERS: Readonly<Record<Eyes, Viewer>> = {
  anybody: { ...NOBODY, role: 'observer' },
  any_member: { ...NOBODY, role: 'observer', asAnyMember: true },
  coordinator: { ...NOBODY, role: 'coordinator' },
};

const HOLDERS: Readonly<Record<string, string>> = { prg: 'Programme', cmp: 'Campaign', ent: 'CalendarEntry' };

/**
 * What somebody else sees of a record of the viewer's own actor; null when the record is not the viewer's. Only fields of the record
 * itself may be selected: nobody looks further through eyes that see more.
 * @throws {BadRequest} when both or none of eyes and actor are given
 */
export async function previewAs(
  reads: Reads,
  viewer: Viewer,
  id: string,
  as: { readonly eyes?: Eyes | null; readonly actor?: string | null },
  selection: Selection,
): Promise<{ readonly seen: unknown } | null> {
  const { eyes = null, actor = null } = as;
  if ((eyes === null) === (actor === null))
    throw new BadRequest('Say through whose eyes, or as which actor, and not both.');
  const type = HOLDERS[id.slice(0, 3)];
  if (type === undefined || !(await isOwn(reads, viewer, type, id))) return null;
  if (eyes !== null) return { seen: await reads.one(VIEWERS[eyes], type, selection, id) };
  if ((await reads.one(viewer, 'Actor', select('actor', ['id']), actor ?? '')) === null)
    throw new BadRequest(`actor: There is no record ${actor ?? ''}.`);
  return { seen: await reads.one({ ...NOBODY, role: 'viewer', actorId: actor }, type, selection, id) };
}

async function isOwn(reads: Reads, viewer: Viewer, type: string, id: string): Promise<boolean> {
  const record = await reads.one(viewer, type, select('record', [select('owner', ['id'])]), id);
  const owner: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'owner') : null;
  return typeof owner === 'object' && owner !== null && Reflect.get(owner, 'id') === viewer.actorId;
}
