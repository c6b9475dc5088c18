import type { FromFile, SourceRecord } from './source-record.ts';
import type { ImportTask } from './enter-records.ts';

/**
 * What a file says, with a campaign for entries that name none, one for each owner: an entry of the hub is a piece of a campaign. It
 * has no row of its own and is found again by the name of the file.
 */
export function withCampaigns({ found, fileName }: Pick<ImportTask, 'found' | 'fileName'>): readonly FromFile[] {
  const key = `calendar ${fileName}`;
  const campaigns = new Map<string, FromFile>();
  const others = found.map((one): FromFile => {
    if (one.kind !== 'record') return one;
    const { kind, parentKey, own, owner } = one.record;
    if (kind !== 'calendar-entry' || parentKey !== null || own) return one;
    campaigns.set(JSON.stringify(owner), {
      kind: 'record',
      record: { ...NO_CAMPAIGN, key, owner, name: titleOf(fileName) },
      remarks: [],
    });
    return { ...one, record: { ...one.record, parentKey: key } };
  });
  return campaigns.size === 0 ? found : [...campaigns.values(), ...others];
}

const titleOf = (fileName: string): string => fileName.replace(/\.[a-z0-9]{1,5}$/iu, '').trim() || 'Calendar';

const NO_CAMPAIGN: Omit<SourceRecord, 'key' | 'owner' | 'name'> = {
  kind: 'campaign',
  rows: [],
  identifier: null,
  parentKey: null,
  partners: [],
  description: null,
  days: null,
  recurrence: null,
  status: null,
  places: [],
  corridors: [],
  themes: [],
  audiences: [],
  channels: [],
  languages: [],
  spots: {},
};
