import { FormattedMessage, useIntl } from 'react-intl';
import { type Column, Table } from '../../components/table.tsx';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './map.module.css';
import type { CorridorActivity } from './use-activity.ts';

interface Props {
  readonly corridors: readonly CorridorActivity[];
  readonly onOpen: (code: string) => void;
}

/** The arcs in words. */
export function CorridorTable({ corridors, onOpen }: Props) {
  const { formatMessage, formatNumber } = useIntl();
  const placeName = usePlaceName();
  const columns: readonly Column<CorridorActivity>[] = [
    { id: 'name', title: formatMessage({ id: 'map.corridor' }), show: ({ corridor }) => corridor.name },
    {
      id: 'legs',
      title: formatMessage({ id: 'map.column.legs' }),
      show: ({ corridor }) => [...new Set(corridor.legs.map((leg) => placeName(leg.country.code)))].join(' · '),
    },
    {
      id: 'actors',
      title: formatMessage({ id: 'map.column.actors' }),
      isNumeric: true,
      show: ({ activity, hasOthers }) => {
        const known = activity ? formatNumber(activity.actors) : formatMessage({ id: 'map.nobodyHere' });
        return hasOthers ? `${known} · ${formatMessage({ id: 'map.others' })}` : known;
      },
    },
    {
      id: 'gaps',
      title: formatMessage({ id: 'map.column.gaps' }),
      isNumeric: true,
      show: ({ gaps }) => (gaps ? formatNumber(gaps.count) : '–'),
    },
  ];
  return (
    <section className={styles['section']}>
      <h2>
        <FormattedMessage id="map.corridors" />
      </h2>
      <Table
        label={formatMessage({ id: 'map.corridors' })}
        columns={columns}
        rows={corridors}
        idOf={({ corridor }) => corridor.code}
        onOpen={({ corridor }) => {
          onOpen(corridor.code);
        }}
      />
    </section>
  );
}
