import { ConcordTransportError } from '@concord/client-sdk';
import { useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { Button } from '../components/button.tsx';
import { FailedState } from '../components/states.tsx';
import { actFor, type OwnMembership, signInByIssuer, type Unfinished } from '../hub/session.ts';
import styles from './sign-in.module.css';

interface Props {
  /** The host of it. */
  readonly issuer: string;
  readonly unfinished: Unfinished | null;
  readonly onSignedIn: () => void;
}

/** Signing in by an account elsewhere: the way there, and what is to be said to whoever came back and is not in. */
export function ByIssuer({ issuer, unfinished, onSignedIn }: Props) {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = (deed: () => Promise<void>, whenDone?: () => void): void => {
    setPending(true);
    setError(null);
    deed()
      .then(whenDone, setError)
      .finally(() => {
        setPending(false);
      });
  };
  const status = error instanceof ConcordTransportError ? error.status : null;
  const why = status === 503 ? 'away' : status === 401 || status === 403 ? 'expired' : null;
  return (
    <section aria-labelledby="issuer" className={styles['issuer']}>
      <h2 id="issuer">
        <FormattedMessage id="shell.issuer" />
      </h2>
      {why !== null && <Failure why={why} person={null} />}
      {error !== null && why === null && <FailedState error={error} />}
      {error === null && unfinished?.kind === 'failed' && <Failure {...unfinished} />}
      {unfinished?.kind === 'choose' && (
        <Choice
          memberships={unfinished.memberships}
          isPending={isPending}
          onChosen={(one) => {
            go(() => actFor(one), onSignedIn);
          }}
        />
      )}
      <Button
        {...(unfinished?.kind !== 'choose' && { kind: 'main' })}
        isDisabled={isPending}
        onPress={() => {
          go(signInByIssuer);
        }}
      >
        <FormattedMessage id="shell.byIssuer" values={{ issuer }} />
      </Button>
    </section>
  );
}

function Failure({ why, person }: Omit<Extract<Unfinished, { kind: 'failed' }>, 'kind'>) {
  return (
    <div role="alert" className={styles['failure']}>
      <p>
        <FormattedMessage id={`shell.issuer.${why}`} />
      </p>
      {person && (
        <p>
          <code dir="ltr">{person.subject}</code> <code dir="ltr">{person.issuer}</code>
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly memberships: readonly OwnMembership[];
  readonly isPending: boolean;
  readonly onChosen: (membership: OwnMembership) => void;
}

function Choice({ memberships, isPending, onChosen }: ChoiceProps) {
  return (
    <>
      <p>
        <FormattedMessage id="shell.actFor" />
      </p>
      <ul className={styles['people']}>
        {memberships.map((one) => (
          <li key={one.actorId ?? 'none'}>
            <Button
              isDisabled={isPending}
              onPress={() => {
                onChosen(one);
              }}
            >
              {one.actorName} <FormattedMessage id="shell.role" values={{ role: one.role.toUpperCase() }} />
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
