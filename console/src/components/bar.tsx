import { Label, Meter } from 'react-aria-components';
import styles from './bar.module.css';

interface Props {
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
  /** What the number is in words; default: percent. */
  readonly said?: string;
}

/** A part of a whole as a small bar, with its name and number beside it. */
export function Bar({ label, value, said }: Props) {
  return (
    <Meter value={value * 100} className={styles['bar']} {...(said !== undefined && { valueLabel: said })}>
      {({ percentage, valueText }) => (
        <>
          <Label>{label}</Label>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className={styles['track']}>
            <rect width="100" height="6" className={styles['rest']} />
            <rect width={percentage} height="6" className={styles['part']} />
          </svg>
          <span className={styles['said']}>{valueText}</span>
        </>
      )}
    </Meter>
  );
}
