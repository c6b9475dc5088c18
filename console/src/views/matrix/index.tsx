import { lazy, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { DateRangeField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { Twin } from '../../components/twin.tsx';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import { AXES, type Axis, COUNTS } from './axes.ts';
import { Grid } from './grid.tsx';
import styles from './matrix.module.css';
import { Records } from './records.tsx';
import { Sheets } from './sheets.tsx';
import { useHeadingName } from './use-heading-name.ts';
import { type Cell, filterFor, useMatrix } from './use-matrix.ts';
import { isTooLongForMonths, useSettings } from './use-settings.ts';

/** With all that tables need, which nobody fetches who looks at the picture. */
const Listing = lazy(async () => ({ default: (await import('./listing.tsx')).Listing }));

/** Who does what, where and when: two of these against each other, and what is behind each number. */
export default function Matrix() {
  const { formatMessage, locale } = useIntl();
  const [settings, change] = useSettings();
  const [open, setOpen] = useState<Cell | null>(null);
  const placeName = usePlaceName();
  const nameOf = useHeadingName();
  const { corridors } = useVocabulary();
  const countries = [...new Set(corridors.flatMap(({ legs }) => legs.map(({ country }) => country.code)))]
    .map((id) => ({ id, label: placeName(id) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
  const answer = useMatrix(settings);
  const axisName = (axis: Axis): string => formatMessage({ id: 'matrix.axis' }, { axis });
  const axes = (taken: Axis) =>
    AXES.map((id) => ({
      id,
      label: axisName(id),
      isDisabled: id === taken || (id === 'MONTH' && isTooLongForMonths(settings.days)),
    }));
  const laid = answer.kind === 'here' ? answer.value : null;
  // What is shown may be older than what is chosen, until the answer is here.
  const counted = laid?.of ?? settings;
  const cellName = (cell: Cell): string => {
    const of = (axis: Axis, code: string): string => {
      const headings = [...(laid?.rows ?? []), ...(laid?.columns ?? [])];
      return nameOf(axis, headings.find((heading) => heading.code === code) ?? { code, label: code });
    };
    return `${of(counted.rows, cell.row)} · ${of(counted.columns, cell.column)}`;
  };
  return (
    <div className={styles['matrix']}>
      <header className={styles['heading']}>
        <h1>
          <FormattedMessage id="matrix.title" />
        </h1>
        <Sheets filter={filterFor(settings)} />
      </header>
      <div role="group" aria-label={formatMessage({ id: 'matrix.laidOut' })} className={styles['settings']}>
        <div className={styles['axes']}>
          {' '}
          <Select
            label={formatMessage({ id: 'matrix.rows' })}
            choices={axes(settings.columns)}
            value={settings.rows}
            onChange={(rows) => {
              change({ rows });
            }}
          />
          <Button
            aria-label={formatMessage({ id: 'matrix.swap' })}
            onPress={() => {
              change({ rows: settings.columns, columns: settings.rows });
            }}
          >
            <span aria-hidden="true">⇄</span>
          </Button>
          <Select
            label={formatMessage({ id: 'matrix.columns' })}
            choices={axes(settings.rows)}
            value={settings.columns}
            onChange={(columns) => {
              change({ columns });
            }}
          />
        </div>{' '}
        <Select
          label={formatMessage({ id: 'matrix.counted' })}
          choices={COUNTS.map((id) => ({ id, label: formatMessage({ id: 'matrix.count' }, { count: id }) }))}
          value={settings.count}
          onChange={(count) => {
            change({ count });
          }}
        />
        <div className={styles['long']}>
          <DateRangeField
            label={formatMessage({ id: 'matrix.days' })}
            value={settings.days}
            onChange={(days) => {
              if (days) change({ days });
            }}
          />
        </div>
        <Select
          label={axisName('COUNTRY')}
          choices={[{ id: '', label: formatMessage({ id: 'matrix.everywhere' }) }, ...countries]}
          value={settings.country}
          onChange={(country) => {
            change({ country });
          }}
        />
        <Select
          label={axisName('CORRIDOR')}
          choices={[
            { id: '', label: formatMessage({ id: 'matrix.everyCorridor' }) },
            ...corridors.map(({ id, label }) => ({ id, label })),
          ]}
          value={settings.corridor}
          onChange={(corridor) => {
            change({ corridor });
          }}
        />
      </div>
      {answer.kind === 'waiting' && <Skeleton lines={12} />}
      {answer.kind === 'failed' && <FailedState error={answer.error} onAgain={answer.again} />}
      {laid && (
        <>
          <p role="status" className={styles['said']}>
            <FormattedMessage id="matrix.total" values={{ ...laid.total }} />{' '}
            {laid.unplaced.programmes + laid.unplaced.campaigns + laid.unplaced.entries > 0 && (
              <FormattedMessage
                id="matrix.unplaced"
                values={{
                  number: laid.unplaced.programmes + laid.unplaced.campaigns + laid.unplaced.entries,
                  rows: axisName(laid.of.rows),
                  columns: axisName(laid.of.columns),
                }}
              />
            )}
          </p>
          {laid.cells.length === 0 ? (
            <EmptyState>
              <FormattedMessage id="matrix.nobody" />
            </EmptyState>
          ) : (
            <Twin
              title={formatMessage(
                { id: 'matrix.by' },
                { rows: axisName(laid.of.rows), columns: axisName(laid.of.columns) },
              )}
              picture={
                <Grid
                  key={`${laid.of.rows} ${laid.of.columns}`}
                  laid={laid}
                  rows={laid.of.rows}
                  columns={laid.of.columns}
                  count={settings.count}
                  nameOf={nameOf}
                  onOpen={setOpen}
                />
              }
              table={
                <Listing laid={laid} rows={laid.of.rows} columns={laid.of.columns} nameOf={nameOf} onOpen={setOpen} />
              }
            />
          )}
        </>
      )}
      <Dialog
        title={open ? cellName(open) : ''}
        isOpen={open !== null}
        onClose={() => {
          setOpen(null);
        }}
      >
        {open && (
          <>
            <Records filter={filterFor(counted, open)} />
            <footer className={styles['foot']}>
              <Sheets filter={filterFor(counted, open)} />
              <Button
                onPress={() => {
                  setOpen(null);
                }}
              >
                <FormattedMessage id="shell.close" />
              </Button>
            </footer>
          </>
        )}
      </Dialog>
    </div>
  );
}
