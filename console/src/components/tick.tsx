import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';
import styles from './tick.module.css';

interface Props {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
}

/** Something that holds or does not. */
export function Tick({ children, ...props }: Props) {
  return (
    <Checkbox {...props} className={styles['tick']}>
      {({ isSelected }) => (
        <>
          <span aria-hidden="true" className={styles['box']}>
            {isSelected ? '✓' : ''}
          </span>
          {children}
        </>
      )}
    </Checkbox>
  );
}
