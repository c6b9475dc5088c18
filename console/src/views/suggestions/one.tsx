import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { useBeat } from '../../hub/live.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { Answering } from './answering.tsx';
import { Kind } from './kind.tsx';
import { Missing } from './missing.tsx';
import { ScoreTwin } from './score-twin.tsx';
import { Sides } from './sides.tsx';
import styles from './suggestions.module.css';
import { getSuggestion, type Suggestion } from './suggestion.ts';
import { useSaying } from './use-saying.ts';

/** One suggestion: why, how much, what is missing, and how each side sees it. */
export function One({ id }: { readonly id: string }) {
  const { locale } = useIntl();
  const answer = useAnswer((signal) => getSuggestion(id, locale, signal), [id, locale, useBeat()]);
  const [changed, setChanged] = useState<Suggestion | null>(null);
  const isStale = answer.kind === 'here' && answer.isStale;
  useEffect(() => {
    // What was just read says all that was answered here.
    if (!isStale) setChanged(null);
  }, [isStale]);
  if (answer.kind === 'waiting') return <Skeleton />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  const suggestion = changed ?? answer.value;
  return (
    <div className={styles['inbox']}>
      <Link href="/">
        <FormattedMessage id="suggestions.back" />
      </Link>
      {suggestion ? (
        <Whole
          suggestion={suggestion}
          onChanged={setChanged}
          onAgain={() => {
            setChanged(null);
            answer.again();
          }}
        />
      ) : (
        <EmptyState>
          <FormattedMessage id="suggestions.noSuch" />
        </EmptyState>
      )}
    </div>
  );
}

interface Props {
  readonly suggestion: Suggestion;
  readonly onChanged: (suggestion: Suggestion) => void;
  readonly onAgain: () => void;
}

function Whole({ suggestion, onChanged, onAgain }: Props) {
  const { title, why, where, when, reasons } = useSaying()(suggestion);
  return (
    <article className={styles['whole']}>
      <header>
        <Kind suggestion={suggestion} />
        <h1>{title}</h1>
        <p className={styles['facts']}>
          <strong>{when}</strong>
          <span>{where}</span>
        </p>
      </header>
      {suggestion.dismissedReason !== null && (
        <p>
          <FormattedMessage id="suggestions.dismissedBecause" values={{ reason: suggestion.dismissedReason }} />
        </p>
      )}
      <Answering suggestion={suggestion} onChanged={onChanged} onAgain={onAgain} />
      <div className={styles['halves']}>
        <section className={styles['panel']}>
          <h2>
            <FormattedMessage id="suggestions.whyTitle" />
          </h2>
          <p>{why}</p>
          <ul className={styles['reasons']}>
            {reasons.map((reason, index) => (
              <li key={index}>{reason}</li>
            ))}
          </ul>
          <details>
            <summary>
              <FormattedMessage id="suggestions.inFull" />
            </summary>
            <p lang="en" dir="ltr">
              {suggestion.explanation}
            </p>
          </details>
        </section>
        <section className={styles['panel']}>
          <ScoreTwin suggestion={suggestion} />
          <Missing missing={suggestion.missing} />
        </section>
      </div>
      <Sides suggestion={suggestion} />
    </article>
  );
}
