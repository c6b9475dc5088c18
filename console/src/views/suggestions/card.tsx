import { Link } from 'wouter';
import { Answering } from './answering.tsx';
import { Kind } from './kind.tsx';
import { Score } from './score.tsx';
import { Seats } from './seats.tsx';
import styles from './suggestions.module.css';
import type { Suggestion } from './suggestion.ts';
import { useSaying } from './use-saying.ts';

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
