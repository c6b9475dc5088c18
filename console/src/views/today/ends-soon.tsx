import { parseDate } from '@internationalized/date';
import { FormattedMessage, useIntl } from 'react-intl';
import { Nothing, Panel } from './panel.tsx';
import type { Work } from './today.ts';
import styles from './today.module.css';

const SHOWN = 6;

interface Props {
  /** The first to end first. */
  readonly ending: readonly Work[];
  /** How many records were looked at, of how many. */
  readonly seen: { readonly shown: number; readonly total: number };
  /** Of everybody, so that owners are named. */
  readonly isOfHub: boolean;
}

export function EndsSoon({ ending, seen, isOfHub }: Props) {
  const { formatDate } = useIntl();
  return (
    <Panel id="ending" title="today.ending">
      {ending.length === 0 && <Nothing id="today.nothingEnds" />}
      <ul className={styles['lines']}>
        {ending.slice(0, SHOWN).map(({ id, name, owner, footprint }) => (
          <li key={id}>
            <time dateTime={footprint.days?.end ?? ''}>
              {footprint.days?.end &&
                formatDate(parseDate(footprint.days.end).toDate('UTC'), {
                  day: 'numeric',
                  month: 'short',
                  timeZone: 'UTC',
                })}
            </time>
            <span>
              {name}
              {isOfHub && <span className={styles['quiet']}> · {owner.name}</span>}
            </span>
          </li>
        ))}
      </ul>
      {ending.length > SHOWN && (
        <p className={styles['quiet']}>
          <FormattedMessage id="today.andMore" values={{ count: ending.length - SHOWN }} />
        </p>
      )}
      {seen.shown < seen.total && (
        <p className={styles['quiet']}>
          <FormattedMessage id="today.partly" values={seen} />
        </p>
      )}
    </Panel>
  );
}
