import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import styles from './button.module.css';

interface Props extends Omit<ButtonProps, 'className' | 'style'> {
  /** `main`: the one thing to do here; `danger`: what cannot be undone; `quiet`: within text and tables. */
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger';
}

export function Button({ kind = 'plain', ...props }: Props) {
  return <AriaButton {...props} className={`${styles['button']} ${styles[kind]}`} />;
}
