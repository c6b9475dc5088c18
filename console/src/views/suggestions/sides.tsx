import type { RecordPreview } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { FailedState, Skeleton } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
import { useViewer } from '../../hub/viewer.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './suggestions.module.css';
import { ownSeats, type Seat, type Suggestion } from './suggestion.ts';

/** The same suggestion as each side sees it: what is shown of them, and what the hub shows them of one's own. */
export function Sides({ suggestion }: { readonly suggestion: Suggestion }) {
  const viewer = useViewer();
  const mine = ownSeats(suggestion, viewer);
  const others = suggestion.participants.filter((seat) => !mine.includes(seat));
  return (
    <section aria-labelledby="sides" className={styles['whole']}>
      <h2 id="sides">
        <FormattedMessage id="suggestions.sides" />
      </h2>
      <div className={styles['halves']}>
        <div className={styles['panel']}>
          <h3>
            <FormattedMessage id="suggestions.youSee" />
          </h3>
          <ul className={styles['sides']}>
            {others.map((seat) => (
              <Shown key={seat.position} seat={seat} />
            ))}
          </ul>
        </div>
        {mine.length > 0 && (
          <div className={styles['panel']}>
            <h3>
              <FormattedMessage id="suggestions.theySee" />
            </h3>
            <ul className={styles['sides']}>
              {mine.map((seat) => (
                <Disclosed key={seat.position} seat={seat} isAgreed={suggestion.status === 'AGREED'} />
              ))}
            </ul>
            <p className={styles['hint']}>
              <FormattedMessage id="suggestions.privateAnswers" />
            </p>
          </div>
        )}
      </div>
    </section>
  );
}

function Shown({ seat }: { readonly seat: Seat }) {
  const { formatMessage } = useIntl();
  const place = usePlaceName();
  const { actor, subject, disclosure } = seat;
  return (
    <li>
      <span className={styles['country']}>{place(seat.place.code)}</span>
      <strong>{actor?.name ?? formatMessage({ id: 'suggestions.somebody' }, { count: 1 })}</strong>
      {subject && <span>{subject.name}</span>}
      <span className={styles['hint']}>
        <FormattedMessage id={`suggestions.disclosure.${disclosure}`} />
      </span>
    </li>
  );
}

/** One's own record through the eyes of a verified actor that nothing was shared with. */
function Disclosed({ seat, isAgreed }: { readonly seat: Seat; readonly isAgreed: boolean }) {
  const { subject, disclosure } = seat;
  const place = usePlaceName();
  const preview = useAnswer(
    (signal) =>
      subject
        ? hub.previewAs(subject.id, { eyes: 'ANY_MEMBER' }, { signal })
        : Promise.resolve<RecordPreview | null>(null),
    [subject?.id],
  );
  return (
    <li>
      <span className={styles['country']}>{place(seat.place.code)}</span>
      {subject && <strong>{subject.name}</strong>}
      {preview.kind === 'waiting' && <Skeleton lines={2} />}
      {preview.kind === 'failed' && <FailedState error={preview.error} onAgain={preview.again} />}
      {preview.kind === 'here' &&
        (preview.value?.seen ? (
          <Seen seen={preview.value.seen} />
        ) : (
          <>
            <span>
              <Badge tone="warn">
                <FormattedMessage id="suggestions.hidden" />
              </Badge>
            </span>
            <span className={styles['hint']}>
              <FormattedMessage id={`suggestions.released.${disclosure === 'COARSE' ? 'COARSE' : 'FULL'}`} />
            </span>
          </>
        ))}
      {isAgreed && (
        <span className={styles['hint']}>
          <FormattedMessage id="suggestions.revealedToThem" />
        </span>
      )}
    </li>
  );
}

function Seen({ seen }: { readonly seen: NonNullable<RecordPreview['seen']> }) {
  const { formatList } = useIntl();
  const { footprint } = seen;
  const place = usePlaceName();
  const { word } = useVocabulary();
  const days = useDayRange();
  const codes = (list: 'audiences' | 'themes' | 'channels'): string =>
    formatList(footprint[list].map(({ code }) => word(list, code)));
  const facts = [
    ['name', seen.name],
    ['when', footprint.days ? days(footprint.days) : ''],
    ['where', formatList(footprint.places.map(({ code }) => place(code)))],
    ['audiences', codes('audiences')],
    ['themes', codes('themes')],
    ['channels', codes('channels')],
  ].filter(([, value]) => value !== '');
  return (
    <dl className={styles['missing']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>
            <FormattedMessage id={`suggestions.seen.${name ?? ''}`} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
