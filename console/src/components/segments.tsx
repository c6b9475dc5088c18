import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Choice } from './select.tsx';
import styles from './segments.module.css';

interface Props<Id extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly value: Id;
  readonly onChange: (value: Id) => void;
}

/** One of a few, all of them seen at once. */
export function Segments<Id extends string>({ label, choices, value, onChange }: Props<Id>) {
  return (
    <div className={styles['segments']}>
      <span aria-hidden="true">{label}</span>
      <ToggleButtonGroup
        aria-label={label}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={(keys) => {
          const chosen = choices.find(({ id }) => keys.has(id));
          if (chosen) onChange(chosen.id);
        }}
        className={styles['group'] ?? ''}
      >
        {choices.map(({ id, label: text }) => (
          <ToggleButton key={id} id={id} className={styles['segment'] ?? ''}>
            {text}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
