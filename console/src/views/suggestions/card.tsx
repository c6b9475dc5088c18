import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Badge } from '../../components/badge.tsx';
import { Answering } from './answering.tsx';
import { Score } from './score.tsx';
import { Seats } from './seats.tsx';
import styles from './suggestions.module.css';
import type { Suggestion } from './suggestion.ts';
import { useSaying } from './use-saying.ts';

const TONES = { OPEN: 'plain', AGREED: 'good', DISMISSED: 'bad', EXPIRED: 'plain', LAPSED: 'plain' } as const;

interface Props {
  readonly suggestion: Suggestion;
  readonly onChanged: (suggestion: Suggestion) => void;
  readonly onAgain: () => void;
}

/** Who, where, when and why, with the parts of the score; what is to be answered is answered here. */
export function Card({ suggestion, onChanged, onAgain }: Props) {
  const { title, why, where, when } = useSaying()(suggestion);
  return (
    <article className={styles['card']} aria-labelledby={suggestion.id}>
      <header>
        <Kind suggestion={suggestion} />
        <h2 id={suggestion.id}>
          {/* From other views too: the path is the whole one. */}
          <Link href={`~/suggestions/${suggestion.id}`}>{title}</Link>
        </h2>
        <p className={styles['facts']}>
          <strong>{when}</strong>
          <span>{where}</span>
        </p>
      </header>
      <div className={styles['body']}>
        <div className={styles['told']}>
          <p>{why}</p>
          <Seats participants={suggestion.participants} />
        </div>
        <Score suggestion={suggestion} />
      </div>
      <Answering suggestion={suggestion} onChanged={onChanged} onAgain={onAgain} />
    </article>
  );
}

/** What kind of suggestion it is, and what became of it where that is something. */
export function Kind({ suggestion: { kind, status } }: Pick<Props, 'suggestion'>) {
  const { formatMessage } = useIntl();
  return (
    <p className={styles['kind']}>
      <span>{formatMessage({ id: `suggestions.kind.${kind}` })}</span>
      {status !== 'OPEN' && (
        <Badge tone={TONES[status]}>
          <FormattedMessage id={`suggestions.status.${status}`} />
        </Badge>
      )}
    </p>
  );
}
