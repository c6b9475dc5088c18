import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { useViewer } from '../../hub/viewer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './suggestions.module.css';
import type { Seat, Suggestion } from './suggestion.ts';

/** Those who sit in one country for the same actor; unnamed ones cannot be told apart. */
interface Sitting {
  readonly key: string;
  readonly country: string;
  readonly seats: readonly Seat[];
}

function sittingsOf(seats: readonly Seat[]): readonly Sitting[] {
  const sittings = Map.groupBy(seats, ({ place, actor }) => `${place.code} ${actor?.id ?? ''}`);
  return [...sittings].map(([key, sitting]) => ({ key, country: key.slice(0, 2), seats: sitting }));
}

/** Who would take part, by country, as far as that is disclosed to whoever looks. */
export function Seats({ participants }: Pick<Suggestion, 'participants'>) {
  const { formatMessage } = useIntl();
  const viewer = useViewer();
  const place = usePlaceName();
  return (
    <ul className={styles['seats']}>
      {sittingsOf(participants).map(({ key, country, seats }) => {
        const [{ actor = null, disclosure, role } = seats[0] as Seat] = seats;
        const isMine = actor !== null && actor.id === viewer.actor?.id;
        return (
          <li key={key} className={isMine ? styles['own'] : styles['seat']}>
            <span className={styles['country']}>
              {place(country)}
              {role && ` · ${formatMessage({ id: 'suggestions.role' }, { role })}`}
            </span>
            <span>
              {actor?.name ?? <em>{formatMessage({ id: 'suggestions.somebody' }, { count: seats.length })}</em>}
            </span>
            {isMine && (
              <Badge tone="good">
                <FormattedMessage id="suggestions.you" />
              </Badge>
            )}
            {disclosure === 'REVEALED' && !isMine && (
              <Badge tone="good">
                <FormattedMessage id="suggestions.revealed" />
              </Badge>
            )}
            {seats.some(({ lead }) => lead) && (
              <Badge>
                <FormattedMessage id="suggestions.lead" />
              </Badge>
            )}
          </li>
        );
      })}
    </ul>
  );
}
