import { type ReactNode, Suspense, useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { Button } from './button.tsx';
import { Skeleton } from './states.tsx';
import styles from './twin.module.css';

interface Props {
  readonly title: string;
  readonly picture: ReactNode;
  /** The same facts as a `Table`; may be fetched only when somebody wants it. */
  readonly table: ReactNode;
}

/** A picture with a table that says the same; whoever prefers the table reads that instead. */
export function Twin({ title, picture, table }: Props) {
  const [isTable, setTable] = useState(false);
  return (
    <figure className={styles['twin']}>
      <figcaption>
        <span>{title}</span>
        <Button
          kind="quiet"
          onPress={() => {
            setTable(!isTable);
          }}
        >
          <FormattedMessage id={isTable ? 'shell.asPicture' : 'shell.asTable'} />
        </Button>
      </figcaption>
      {isTable ? <Suspense fallback={<Skeleton />}>{table}</Suspense> : picture}
    </figure>
  );
}
