import { useIntl } from 'react-intl';
import type { Overlap } from '@concord/client-sdk';
import { type Column, Table } from '../../components/table.tsx';
import type { Days } from '../../components/date-field.tsx';
import { usePlaceName } from '../../language/use-place-name.ts';
import { closed } from './days.ts';
import type { Item } from './item.ts';
import styles from './calendar.module.css';
import type { Band } from './use-calendar.ts';
import { useWording } from './use-wording.ts';

interface Props {
  readonly items: readonly Item[];
  readonly corridorName: (code: string) => string;
  readonly bands: readonly Band[];
  readonly bandName: (band: Band) => string;
  readonly overlaps: readonly Overlap[];
  readonly onChoose: (item: Item) => void;
}

interface Behind {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly days: Days;
}

/** The calendar in words: what happens, by start, then what stands behind it. */
export function Listing({ items, corridorName, bands, bandName, overlaps, onChoose }: Props) {
  const { formatMessage } = useIntl();
  const wording = useWording();
  const nameOf = usePlaceName();
  const columns: readonly Column<Item>[] = [
    { id: 'name', title: formatMessage({ id: 'calendar.what' }), show: ({ name }) => name },
    { id: 'owner', title: formatMessage({ id: 'calendar.who' }), show: ({ owner }) => owner.name },
    { id: 'days', title: formatMessage({ id: 'calendar.when' }), show: ({ days }) => wording.days(days) },
    {
      id: 'where',
      title: formatMessage({ id: 'calendar.where' }),
      show: ({ footprint }) =>
        [
          ...footprint.places.map(({ code }) => nameOf(code)),
          ...footprint.corridors.map(({ code }) => corridorName(code)),
        ].join(', '),
    },
    {
      id: 'state',
      title: formatMessage({ id: 'calendar.status' }),
      show: ({ type, isCancelled, isTentative }) =>
        formatMessage(
          { id: 'calendar.state' },
          { type, state: isCancelled ? 'cancelled' : isTentative ? 'tentative' : 'sure' },
        ),
    },
  ];
  const behindColumns: readonly Column<Behind>[] = [
    { id: 'name', title: formatMessage({ id: 'calendar.what' }), show: ({ name }) => name },
    { id: 'kind', title: formatMessage({ id: 'calendar.kind' }), show: ({ kind }) => kind },
    { id: 'days', title: formatMessage({ id: 'calendar.when' }), show: ({ days }) => wording.days(days) },
  ];
  const behind: readonly Behind[] = [
    ...bands.map((band) => ({
      name: bandName(band),
      kind: formatMessage({ id: 'calendar.bandKind' }, { kind: band.kind }),
      days: band.days,
    })),
    ...overlaps.map((overlap) => ({
      name: overlap.explanation,
      kind: wording.overlap(overlap),
      days: closed(overlap.days),
    })),
  ].map((row, index) => ({ ...row, id: String(index) }));
  const ordered = [...items].sort((a, b) => a.days.start.localeCompare(b.days.start));
  return (
    <div className={styles['listing']}>
      <Table
        label={formatMessage({ id: 'calendar.title' })}
        columns={columns}
        rows={ordered}
        idOf={({ id }) => id}
        onOpen={onChoose}
      />
      {behind.length > 0 && (
        <Table
          label={formatMessage({ id: 'calendar.behind' })}
          columns={behindColumns}
          rows={behind}
          idOf={({ id }) => id}
        />
      )}
    </div>
  );
}
