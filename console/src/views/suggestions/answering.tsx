import { lazy, type ReactNode, Suspense, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Suggestion as SuggestionRead } from '@concord/client-sdk';
import { useLocation } from 'wouter';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { FailedState } from '../../components/states.tsx';
import { say } from '../../components/toast.tsx';
import { hub } from '../../hub/hub.ts';
import { useViewer } from '../../hub/viewer.ts';
import styles from './suggestions.module.css';
import { mayAnswer, mayDismiss, standingAnswer, type Suggestion } from './suggestion.ts';

// What is asked only then is fetched only then.
const Dismissing = lazy(() => import('./dismissing.tsx'));
const Starting = lazy(() => import('./starting.tsx'));

interface Props {
  readonly suggestion: Suggestion;
  readonly onChanged: (suggestion: Suggestion) => void;
  /** Reads it anew, where it is not any more what was read. */
  readonly onAgain: () => void;
}

/** What the viewer may do about a suggestion, and what it answered. Answers are private: the words say so. */
export function Answering({ suggestion, onChanged, onAgain }: Props) {
  const { formatMessage } = useIntl();
  const viewer = useViewer();
  const [, go] = useLocation();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [asks, setAsks] = useState<'dismiss' | 'start' | null>(null);
  const answer = standingAnswer(suggestion);
  const isOpen = suggestion.status === 'OPEN';
  const mine = mayAnswer(suggestion, viewer);
  const decide = (change: Promise<SuggestionRead>, said: string): void => {
    setPending(true);
    setError(null);
    change
      .then((changed) => {
        onChanged({ ...suggestion, ...changed });
        say(formatMessage({ id: said }));
      }, setError)
      .finally(() => {
        setPending(false);
      });
  };
  const action = (label: string, onPress: () => void, kind?: 'main'): ReactNode => (
    <Button onPress={onPress} isPending={isPending} {...(kind && { kind })}>
      <FormattedMessage id={`suggestions.${label}`} />
    </Button>
  );
  return (
    <div className={styles['answering']}>
      {answer !== null && (
        <p className={styles['answered']}>
          <Badge tone={answer === 'ENDORSE' ? 'good' : 'plain'}>
            <FormattedMessage id={`suggestions.answer.${answer}`} />
          </Badge>
          {isOpen && <FormattedMessage id={`suggestions.answerHint.${answer}`} />}
        </p>
      )}
      <div className={styles['actions']}>
        {mine &&
          suggestion.status === 'AGREED' &&
          suggestion.kind === 'JOINT_CAMPAIGN' &&
          action(
            'start',
            () => {
              setAsks('start');
            },
            'main',
          )}
        {mine &&
          isOpen &&
          answer !== 'ENDORSE' &&
          action(
            'endorse',
            () => {
              decide(hub.suggestions.endorse(suggestion), 'suggestions.endorsed');
            },
            'main',
          )}
        {mine &&
          isOpen &&
          answer !== 'DECLINE' &&
          action('decline', () => {
            decide(hub.suggestions.decline(suggestion), 'suggestions.declined');
          })}
        {mine &&
          answer !== null &&
          action('withdraw', () => {
            decide(hub.suggestions.withdrawAnswer(suggestion), 'suggestions.withdrawn');
          })}
        {isOpen &&
          mayDismiss(suggestion, viewer) &&
          action('dismiss', () => {
            setAsks('dismiss');
          })}
      </div>
      {error !== null && (
        <FailedState
          error={error}
          onAgain={() => {
            setError(null);
            onAgain();
          }}
        />
      )}
      <Suspense>
        {asks === 'dismiss' && (
          <Dismissing
            suggestion={suggestion}
            onClose={() => {
              setAsks(null);
            }}
            onDismissed={(changed) => {
              setAsks(null);
              onChanged({ ...suggestion, ...changed });
              say(formatMessage({ id: 'suggestions.dismissed' }));
            }}
          />
        )}
        {asks === 'start' && (
          <Starting
            suggestion={suggestion}
            onClose={() => {
              setAsks(null);
            }}
            onStarted={({ id }) => {
              go(`~/joint-campaigns/${id}`);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
