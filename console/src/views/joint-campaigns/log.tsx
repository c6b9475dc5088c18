import { FormattedMessage, useIntl } from 'react-intl';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './joint-campaigns.module.css';
import type { InsideProps } from './one.tsx';

/** What was decided, by whom and when; the last on top. It only grows. */
export function Log({ inside: { joint, decisions } }: Pick<InsideProps, 'inside'>) {
  const { formatDate, formatMessage } = useIntl();
  const place = usePlaceName();
  const who = (id: string | undefined): string => {
    const part = joint.parts.find((one) => one.id === id);
    return part?.actor?.name ?? (part ? place(part.place.code) : formatMessage({ id: 'joint-campaigns.somebody' }));
  };
  return (
    <section className={styles['panel']} aria-labelledby="log">
      <h2 id="log">
        <FormattedMessage id="joint-campaigns.log" />
      </h2>
      <ol className={styles['log']} reversed>
        {decisions.toReversed().map(({ number, at, code, part }) => (
          <li key={number}>
            <time dateTime={at}>
              {formatDate(at, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })}
            </time>
            <span>
              <strong>{who(part?.id)}</strong> <FormattedMessage id={`joint-campaigns.decided.${code}`} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
