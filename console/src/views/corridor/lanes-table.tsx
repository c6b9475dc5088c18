import type { Campaign } from '@concord/client-sdk';
import { useIntl } from 'react-intl';
import { type Column, Table } from '../../components/table.tsx';
import { useDayRange } from '../../language/use-day-range.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import type { Lane } from './use-work.ts';

interface Line {
  readonly role: Lane['role'];
  readonly country: string | null;
  /** Null: nobody registered one there. */
  readonly campaign: Campaign | null;
}

/** The same, a line for each campaign in each country, and one where there is none. */
export function LanesTable({
  lanes,
  onOpen,
}: {
  readonly lanes: readonly Lane[];
  readonly onOpen: (campaign: Campaign) => void;
}) {
  const { formatMessage } = useIntl();
  const placeName = usePlaceName();
  const daysOf = useDayRange();
  const lines: readonly Line[] = lanes.flatMap(({ role, tracks }) =>
    tracks.flatMap(({ country, bars }): readonly Line[] =>
      bars.length === 0
        ? [{ role, country, campaign: null }]
        : bars.map(({ campaign }) => ({ role, country, campaign })),
    ),
  );
  const columns: readonly Column<Line>[] = [
    {
      id: 'country',
      title: formatMessage({ id: 'corridor.country' }),
      show: ({ country }) => (country === null ? formatMessage({ id: 'corridor.elsewhere' }) : placeName(country)),
    },
    {
      id: 'role',
      title: formatMessage({ id: 'corridor.where' }),
      show: ({ role }) => formatMessage({ id: 'corridor.role' }, { role }),
    },
    {
      id: 'campaign',
      title: formatMessage({ id: 'corridor.campaign' }),
      show: ({ campaign }) => campaign?.name ?? formatMessage({ id: 'corridor.nobodyThere' }),
    },
    {
      id: 'owner',
      title: formatMessage({ id: 'corridor.owner' }),
      show: ({ campaign }) => campaign?.owner.name ?? '–',
    },
    {
      id: 'days',
      title: formatMessage({ id: 'corridor.days' }),
      show: ({ campaign }) => (campaign?.footprint.days ? daysOf(campaign.footprint.days) : '–'),
    },
  ];
  return (
    <Table
      label={formatMessage({ id: 'corridor.lanes' })}
      columns={columns}
      rows={lines}
      idOf={({ role, country, campaign }) => `${role} ${country ?? ''} ${campaign?.id ?? ''}`}
      onOpen={({ campaign }) => {
        if (campaign) onOpen(campaign);
      }}
    />
  );
}
