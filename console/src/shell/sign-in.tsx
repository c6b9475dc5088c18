import { type SubmitEvent, useState } from 'react';
import { ConcordTransportError } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { FailedState } from '../components/states.tsx';
import mark from '../design/mark.svg';
import { type Proof, signIn, type Standing } from '../hub/session.ts';
import { ByIssuer } from './by-issuer.tsx';
import styles from './sign-in.module.css';
import { LanguageSwitch, ThemeSwitch } from './switches.tsx';

interface Props {
  readonly standing: Standing;
  readonly onSignedIn: () => void;
}

/**
 * By a key; where the hub has an issuer, also by one's account there; on this machine's demo also as somebody of the demo, by one click.
 * The key is kept nowhere in the page.
 */
export function SignIn({ standing, onSignedIn }: Props) {
  const { demo, issuer, unfinished } = standing;
  const { formatMessage } = useIntl();
  const [key, setKey] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const enter = (proof: Proof): void => {
    setPending(true);
    setError(null);
    signIn(proof)
      .then(onSignedIn, setError)
      .finally(() => {
        setPending(false);
      });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    enter({ key });
  };
  const isWrong = error instanceof ConcordTransportError && error.status === 401;
  return (
    <main className={styles['sign-in']}>
      <div className={styles['tools']}>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <div className={styles['card']}>
        <h1>
          <img src={mark} alt="" width="36" height="36" />
          Concord
        </h1>
        <p className={styles['lead']}>
          <FormattedMessage id="shell.lead" />
        </p>
        {demo.length > 0 && (
          <section aria-labelledby="demo">
            <h2 id="demo">
              <FormattedMessage id="shell.demo" />
            </h2>
            <ul className={styles['people']}>
              {demo.map((name) => (
                <li key={name}>
                  <Button
                    isDisabled={isPending}
                    onPress={() => {
                      enter({ demo: name });
                    }}
                  >
                    <FormattedMessage id="shell.demoPerson" values={{ name }} />
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {issuer !== null && <ByIssuer issuer={issuer} unfinished={unfinished} onSignedIn={onSignedIn} />}
        <form onSubmit={submit}>
          <TextField
            label={formatMessage({ id: 'shell.key' })}
            hint={formatMessage({ id: 'shell.keyHint' })}
            type="password"
            autoComplete="off"
            value={key}
            onChange={setKey}
            problem={isWrong ? formatMessage({ id: 'shell.keyWrong' }) : undefined}
          />
          <Button {...(issuer === null && { kind: 'main' })} type="submit" isDisabled={isPending || key.trim() === ''}>
            <FormattedMessage id="shell.signIn" />
          </Button>
        </form>
        {error !== null && !isWrong && <FailedState error={error} />}
      </div>
    </main>
  );
}
