import type { OverlapPreview } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { Bar as Meter } from '../../components/bar.tsx';
import { Button } from '../../components/button.tsx';
import { DateRangeField } from '../../components/date-field.tsx';
import { FailedState, Skeleton } from '../../components/states.tsx';
import type { Answer } from '../../hub/use-answer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import { isOpen, shifted } from './days.ts';
import styles from './details.module.css';
import { daysIf, type Item } from './item.ts';
import { bearingOn } from './lanes.ts';
import type { Band } from './use-calendar.ts';
import type { Moving } from './use-move.ts';
import { useWording } from './use-wording.ts';

interface Props {
  readonly moving: Moving;
  readonly isMovable: boolean;
  /** It has entries, and is moved by them. */
  readonly isHeld: boolean;
  readonly corridorName: (code: string) => string;
  readonly bands: readonly Band[];
  readonly bandName: (band: Band) => string;
  readonly preview: Answer<readonly OverlapPreview[]> & { readonly again: () => void };
}

/** What is chosen: who, where, when; other days for it, what it would meet there, and the way back. */
export function Details({ moving, isMovable, isHeld, corridorName, bands, bandName, preview }: Props) {
  const { formatMessage } = useIntl();
  const wording = useWording();
  const nameOf = usePlaceName();
  const { chosen, draft, isMoved, isSaving, error, last } = moving;
  if (!chosen || !draft) return null;
  const days = daysIf(chosen, draft);
  const where = [
    ...chosen.footprint.places.map(({ code }) => nameOf(code)),
    ...chosen.footprint.corridors.map(({ code }) => corridorName(code)),
  ];
  return (
    <section aria-label={chosen.name} className={styles['details']}>
      <header>
        <h2>{chosen.name}</h2>
        <State item={chosen} />
        <Button
          kind="quiet"
          onPress={() => {
            goBackTo(chosen);
            moving.choose(null);
          }}
        >
          <FormattedMessage id="shell.close" />
        </Button>
      </header>
      <p className={styles['facts']}>
        <span>{chosen.owner.name}</span>
        {chosen.type === 'entry' && <span>{chosen.record.campaign.name}</span>}
        <strong>{wording.days(days)}</strong>
        {where.length > 0 && <span>{where.join(' · ')}</span>}
      </p>
      {isHeld && (
        <p className={styles['hint']}>
          <FormattedMessage id="calendar.held" />
        </p>
      )}
      {isMovable && !isOpen(draft) && (
        <div className={styles['move']}>
          <Button
            isDisabled={isSaving}
            onPress={() => {
              moving.draw(chosen, shifted(draft, -1));
            }}
          >
            <FormattedMessage id="calendar.dayEarlier" />
          </Button>
          <DateRangeField
            label={formatMessage({ id: isRepeated(chosen) ? 'calendar.firstDays' : 'calendar.days' })}
            value={draft}
            onChange={(wanted) => {
              if (wanted) moving.draw(chosen, wanted);
            }}
          />
          <Button
            isDisabled={isSaving}
            onPress={() => {
              moving.draw(chosen, shifted(draft, 1));
            }}
          >
            <FormattedMessage id="calendar.dayLater" />
          </Button>
          {isMoved && (
            <>
              <Button
                kind="main"
                isPending={isSaving}
                onPress={() => {
                  moving.keep(chosen, draft);
                  goBackTo(chosen);
                }}
              >
                <FormattedMessage id="calendar.keep" />
              </Button>
              <Button
                onPress={() => {
                  moving.leave();
                  goBackTo(chosen);
                }}
              >
                <FormattedMessage id="calendar.leave" />
              </Button>
            </>
          )}
        </div>
      )}
      <div role="status" className={styles['status']}>
        {last && !isMoved && (
          <>
            <span>
              <FormattedMessage
                id="calendar.moved"
                values={{ name: last.item.name, from: wording.days(last.from), to: wording.days(last.to) }}
              />
            </span>
            <Button
              isPending={isSaving}
              onPress={() => {
                moving.takeBack();
                goBackTo(last.item);
              }}
            >
              <FormattedMessage id="calendar.undo" />
            </Button>
          </>
        )}
      </div>
      {error !== null && <FailedState error={error} />}
      {isMoved && (
        <div className={styles['preview']}>
          <section aria-live="polite" aria-busy={preview.kind === 'waiting'}>
            <h3>
              <FormattedMessage id="calendar.wouldMeet" />
            </h3>
            {preview.kind === 'waiting' && <Skeleton lines={2} />}
            {preview.kind === 'failed' && <FailedState error={preview.error} onAgain={preview.again} />}
            {preview.kind === 'here' && <Met overlaps={preview.value} />}
          </section>
          <section>
            <h3>
              <FormattedMessage id="calendar.inTheseDays" />
            </h3>
            <Bearing bands={bearingOn(bands, chosen, days)} bandName={bandName} />
          </section>
        </div>
      )}
    </section>
  );
}

/** The button that was pressed goes; the keyboard goes on where it came from. */
function goBackTo({ id }: Item): void {
  document.querySelector<HTMLElement>(`[data-bar="${id}"]`)?.focus();
}

const isRepeated = (item: Item): boolean => item.type === 'entry' && item.record.recurrence !== null;

function State({ item }: { readonly item: Item }) {
  const state = item.isCancelled ? 'cancelled' : item.isTentative ? 'tentative' : 'sure';
  return (
    <Badge tone={item.isCancelled ? 'bad' : item.isTentative ? 'warn' : 'plain'}>
      <FormattedMessage id="calendar.state" values={{ type: item.type, state }} />
    </Badge>
  );
}

function Met({ overlaps }: { readonly overlaps: readonly OverlapPreview[] }) {
  const { formatMessage } = useIntl();
  if (overlaps.length === 0) {
    return (
      <p className={styles['hint']}>
        <FormattedMessage id="calendar.meetsNobody" />
      </p>
    );
  }
  return (
    <ul className={styles['overlaps']}>
      {overlaps.map((overlap, index) => (
        <li key={index}>
          <Meter
            label={formatMessage({ id: 'calendar.overlapKind' }, { kind: overlap.kind })}
            value={overlap.strength}
          />
          <p>
            <strong>
              {overlap.other.actor?.name ?? <FormattedMessage id="calendar.somebody" />}
              {overlap.other.subject && ` · ${overlap.other.subject.name}`}
            </strong>{' '}
            {overlap.explanation}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Bearing({ bands, bandName }: { readonly bands: readonly Band[]; readonly bandName: (band: Band) => string }) {
  const wording = useWording();
  if (bands.length === 0) {
    return (
      <p className={styles['hint']}>
        <FormattedMessage id="calendar.nothingBears" />
      </p>
    );
  }
  return (
    <ul>
      {bands.slice(0, 8).map((band, index) => (
        <li key={index}>
          {bandName(band)} <small>{wording.days(band.days)}</small>
        </li>
      ))}
    </ul>
  );
}
