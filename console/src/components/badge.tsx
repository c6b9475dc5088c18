import type { ReactNode } from 'react';
import styles from './badge.module.css';

interface Props {
  readonly tone?: 'plain' | 'good' | 'warn' | 'bad';
  readonly children: ReactNode;
}

/** A state in one or two words; the words say it, the colour only repeats it. */
export function Badge({ tone = 'plain', children }: Props) {
  return <span className={`${styles['badge']} ${styles[tone]}`}>{children}</span>;
}
