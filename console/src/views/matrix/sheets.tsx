import type { CampaignFilter, ProgrammeFilter } from '@concord/client-sdk';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Menu } from '../../components/menu.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { saveFile } from '../../hub/save-file.ts';
import type { Counted } from './use-matrix.ts';

const LISTS = ['programmes', 'campaigns', 'calendar'] as const;
type List = (typeof LISTS)[number];
const FORMATS = ['xlsx', 'csv'] as const;
type Format = (typeof FORMATS)[number];

/** What is counted: all but what was withdrawn or cancelled. */
export function filtersOf(filter: Counted): {
  readonly programmes: ProgrammeFilter;
  readonly campaigns: CampaignFilter;
  readonly calendar: Counted;
} {
  return {
    programmes: { ...filter, statuses: ['PLANNED', 'ACTIVE', 'ENDED', 'UNDATED'] },
    campaigns: { ...filter, statuses: ['PLANNED', 'ACTIVE', 'ENDED', 'UNDATED'] },
    calendar: { ...filter, statuses: ['CONFIRMED', 'TENTATIVE'] },
  };
}

/** Takes out what is counted as the sheets that the hub also reads. */
export function Sheets({ filter }: { readonly filter: Counted }) {
  const { formatMessage } = useIntl();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (list: List, format: Format): Promise<void> => {
    setPending(true);
    setError(null);
    try {
      await saveFile(await hub.exports.open(list, format, { filter: filtersOf(filter)[list] }));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const choices = FORMATS.flatMap((format) =>
    LISTS.map((list) => ({
      id: `${list}.${format}` as const,
      label: formatMessage({ id: 'matrix.sheet' }, { list, format: format === 'xlsx' ? 'Excel' : 'CSV' }),
    })),
  );
  return (
    <>
      <Menu
        label={formatMessage({ id: 'matrix.export' })}
        choices={choices}
        isPending={isPending}
        onChoose={(id) => {
          const [list, format] = id.split('.') as [List, Format];
          void take(list, format);
        }}
      />
      {error !== null && <FailedState error={error} />}
    </>
  );
}
