import { lazy, Suspense } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Redirect, Route, Switch } from 'wouter';
import { FailedState, Skeleton } from '../components/states.tsx';
import { Toasts } from '../components/toast.tsx';
import { hub } from '../hub/hub.ts';
import { readStanding } from '../hub/session.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { ViewerContext } from '../hub/viewer.ts';
import { SpeakOf } from '../language/speak.tsx';
import { viewsFor } from '../views/index.ts';
import styles from './console.module.css';
import { Fence } from './fence.tsx';
import { Header } from './header.tsx';
import { Live } from './live.tsx';

/** Whoever is signed in needs none of it. */
const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));

/** Everything: whoever is not signed in is asked to, everybody else has the views they may look at. */
export function Console() {
  const { formatMessage } = useIntl();
  const answer = useAnswer(async (signal) => {
    const standing = await readStanding();
    return { standing, viewer: standing.signedIn ? await hub.viewer({ signal }) : null };
  }, []);
  if (answer.kind === 'waiting') return <Skeleton />;
  if (answer.kind === 'failed') {
    return (
      <main className={styles['page']}>
        <FailedState error={answer.error} onAgain={answer.again} />
      </main>
    );
  }
  const { viewer, standing } = answer.value;
  if (!viewer) {
    return (
      <Suspense fallback={<Skeleton />}>
        <SignIn standing={standing} onSignedIn={answer.again} />
      </Suspense>
    );
  }
  const views = viewsFor(viewer);
  const [first] = views;
  return (
    <ViewerContext value={viewer}>
      <a href="#content" className={styles['skip']}>
        <FormattedMessage id="shell.skip" />
      </a>
      <Header views={views} />
      <Live>
        <main id="content" tabIndex={-1} className={styles['page']}>
          <Switch>
            {views.map(({ name, View }) => (
              <Route key={name} path={`/${name}`} nest>
                <Fence title={formatMessage({ id: `shell.view.${name}` })}>
                  <SpeakOf view={name}>
                    <Suspense fallback={<Skeleton />}>
                      <View />
                    </Suspense>
                  </SpeakOf>
                </Fence>
              </Route>
            ))}
            {first && (
              <Route>
                <Redirect to={`/${first.name}`} replace />
              </Route>
            )}
          </Switch>
        </main>
      </Live>
      <Toasts />
    </ViewerContext>
  );
}
