import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import styles from './today.module.css';

interface Props {
  /** Also where the numbers above lead. */
  readonly id: string;
  readonly title: string;
  readonly more?: ReactNode;
  readonly children: ReactNode;
}

export function Panel({ id, title, more, children }: Props) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className={styles['panel']} tabIndex={-1}>
      <header>
        <h2 id={`${id}-title`}>
          <FormattedMessage id={title} />
        </h2>
        {more}
      </header>
      {children}
    </section>
  );
}

/** What stands in a panel where nothing is: it says who registered nothing, or that nothing waits. */
export function Nothing({ id }: { readonly id: string }) {
  return (
    <p className={styles['nothing']}>
      <FormattedMessage id={id} />
    </p>
  );
}
