import type { ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './button.module.css';

interface Props {
  readonly href: string;
  readonly kind?: 'main' | 'plain' | 'quiet';
  readonly children: ReactNode;
}

/** Leads somewhere, where it is the thing to do; anything else that leads somewhere is a plain link. */
export function LinkButton({ href, kind = 'plain', children }: Props) {
  return (
    <Link href={href} className={`${styles['button']} ${styles[kind]} ${styles['leads']}`}>
      {children}
    </Link>
  );
}
