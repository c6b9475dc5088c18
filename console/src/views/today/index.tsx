import { parseDate } from '@internationalized/date';
import { FormattedMessage, useIntl } from 'react-intl';
import { FailedState, Skeleton } from '../../components/states.tsx';
import { useBeat } from '../../hub/live.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { useViewer } from '../../hub/viewer.ts';
import { SpeakOf } from '../../language/speak.tsx';
import { Asking, askingIn } from './asking.tsx';
import { EndsSoon } from './ends-soon.tsx';
import { Joint } from './joint.tsx';
import { Suggested } from './suggested.tsx';
import { endingSoon, lookAtToday, type Today as Seen } from './today.ts';
import styles from './today.module.css';
import { OwnWork } from './own-work.tsx';

/** One's organisation on one page: what needs an answer, what is suggested, what ends soon, and what one does. */
export default function Today() {
  const { locale } = useIntl();
  const { actor, scopes } = useViewer();
  const beat = useBeat();
  const answer = useAnswer(
    (signal) => lookAtToday(actor?.id ?? null, scopes.includes('VET'), locale, signal),
    [actor?.id, locale, beat],
  );
  if (answer.kind === 'waiting') return <Skeleton lines={12} />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  return (
    // What it says of suggestions it says in their words.
    <SpeakOf view="suggestions">
      <Page today={answer.value} onChanged={answer.again} />
    </SpeakOf>
  );
}

function Page({ today, onChanged }: { readonly today: Seen; readonly onChanged: () => void }) {
  const { formatDate } = useIntl();
  const { actor } = useViewer();
  const ending = endingSoon(today);
  const day = formatDate(parseDate(today.day).toDate('UTC'), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  const { programmes, campaigns } = today;
  const seen = {
    shown: programmes.nodes.length + campaigns.nodes.length,
    total: programmes.totalCount + campaigns.totalCount,
  };
  const counts = [
    ['asking', askingIn(today)],
    ['suggested', today.suggestions.total],
    ['ending', ending.length],
  ] as const;
  return (
    <div className={styles['today']}>
      <header className={styles['heading']}>
        <h1>{day}</h1>
        <p>{actor?.name ?? <FormattedMessage id="today.wholeHub" />}</p>
      </header>
      <ul className={styles['counts']}>
        {counts.map(([id, count]) => (
          <li key={id}>
            <a href={`#${id}`}>
              <FormattedMessage
                id={`today.count.${id}`}
                values={{ count, number: (text) => <strong key="number">{text}</strong> }}
              />
            </a>
          </li>
        ))}
      </ul>
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <Asking today={today} onChanged={onChanged} />
          <OwnWork today={today} onChanged={onChanged} />
        </div>
        <div className={styles['column']}>
          <Suggested suggestions={today.suggestions} onChanged={onChanged} />
          <EndsSoon ending={ending} seen={seen} isOfHub={actor === null} />
          <Joint joint={today.joint} />
        </div>
      </div>
    </div>
  );
}
