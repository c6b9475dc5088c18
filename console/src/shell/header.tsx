import { useEffect, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link, useRoute } from 'wouter';
import { Button } from '../components/button.tsx';
import mark from '../design/mark.svg';
import { signOut } from '../hub/session.ts';
import { discardAllDrafts } from '../hub/use-draft.ts';
import { useViewer } from '../hub/viewer.ts';
import type { View } from '../views/index.ts';
import styles from './header.module.css';
import { LanguageSwitch, ThemeSwitch } from './switches.tsx';

/** Where one is, as whom, and where else one can go. */
export function Header({ views }: { readonly views: readonly View[] }) {
  const { formatMessage } = useIntl();
  const { role, actor, label } = useViewer();
  const leave = (): void => {
    void signOut().finally(() => {
      discardAllDrafts();
      location.assign('/');
    });
  };
  return (
    <header className={styles['header']}>
      <div className={styles['top']}>
        <span className={styles['hub']}>
          <img src={mark} alt="" width="26" height="26" />
          Concord
        </span>
        <span className={styles['viewer']}>
          <strong>{actor?.name ?? label}</strong>
          <span>
            <FormattedMessage id="shell.role" values={{ role }} />
          </span>
        </span>
        <span className={styles['tools']}>
          <LanguageSwitch />
          <ThemeSwitch />
          <Button onPress={leave}>
            <FormattedMessage id="shell.signOut" />
          </Button>
        </span>
      </div>
      <nav aria-label={formatMessage({ id: 'shell.views' })} className={styles['views']}>
        <ul>
          {views.map(({ name }) => (
            <li key={name}>
              <ViewLink name={name} />
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function ViewLink({ name }: Pick<View, 'name'>) {
  const [isHere] = useRoute(`/${name}/*?`);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // On a phone not all fit: where one is stays in sight.
    if (isHere) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isHere]);
  return (
    <Link ref={link} href={`/${name}`} aria-current={isHere ? 'page' : undefined}>
      <FormattedMessage id={`shell.view.${name}`} />
    </Link>
  );
}
