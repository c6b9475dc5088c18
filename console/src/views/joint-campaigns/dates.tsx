import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { DateRangeField, type Days } from '../../components/date-field.tsx';
import { FailedState } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useDeed } from '../../hub/use-deed.ts';
import { useDraft } from '../../hub/use-draft.ts';
import { useViewer } from '../../hub/viewer.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import { closed } from './inside.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

/** When all speak, what others would prefer, and for the lead the moving of it. */
export function Dates({ inside, onChanged }: InsideProps) {
  const { formatMessage } = useIntl();
  const { scopes } = useViewer();
  const days = useDayRange();
  const place = usePlaceName();
  const { joint, proposed, leads, isLiving } = inside;
  const { isPending, error, run } = useDeed(onChanged);
  const { draft, change, discard } = useDraft<{ days: Days | null }>(`window-${joint.id}`, {
    days: closed(joint.window),
  });
  const isMovable = leads && isLiving && scopes.includes('WRITE');
  const move = (window: Days): void => {
    run(
      () => hub.jointCampaigns.revise({ id: joint.id, expectedVersion: joint.version, window }),
      'joint-campaigns.windowMoved',
      discard,
    );
  };
  const who = (id: string | undefined): string => {
    const part = joint.parts.find((one) => one.id === id);
    return part ? (part.actor?.name ?? place(part.place.code)) : formatMessage({ id: 'joint-campaigns.somebody' });
  };
  const taking = joint.parts.filter(({ status }) => status === 'ACCEPTED' || status === 'READY');
  return (
    <section className={styles['panel']} aria-labelledby="dates">
      <h2 id="dates">
        <FormattedMessage id="joint-campaigns.dates" />
      </h2>
      <p>
        <strong>{days(joint.window)}</strong>
      </p>
      <p className={styles['quiet']}>
        <FormattedMessage
          id="joint-campaigns.confirmedBy"
          values={{ count: taking.filter(({ datesConfirmed }) => datesConfirmed).length, total: taking.length }}
        />
      </p>
      {proposed.length > 0 && (
        <ul className={styles['lines']}>
          {proposed.map(({ part, days: other, reason, madeAt }) => (
            <li key={madeAt}>
              <span>
                {who(part?.id)}: <strong>{days(other)}</strong> {reason}
              </span>
              {isMovable && closed(other) && (
                <Button
                  kind="quiet"
                  isPending={isPending}
                  onPress={() => {
                    const there = closed(other);
                    if (there) move(there);
                  }}
                >
                  <FormattedMessage id="joint-campaigns.moveThere" />
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isMovable && (
        <div className={styles['moving']}>
          <DateRangeField
            label={formatMessage({ id: 'joint-campaigns.moveTo' })}
            value={draft.days}
            onChange={(window) => {
              change({ days: window });
            }}
          />
          <Button
            isPending={isPending}
            isDisabled={draft.days === null}
            onPress={() => {
              if (draft.days) move(draft.days);
            }}
          >
            <FormattedMessage id="joint-campaigns.move" />
          </Button>
        </div>
      )}
      {error !== null && <FailedState error={error} onAgain={onChanged} />}
    </section>
  );
}
