import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import styles from './field.module.css';

export interface Choice<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly isDisabled?: boolean;
}

interface Props<Id extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly value: Id;
  readonly onChange: (value: Id) => void;
  /** The label is for screen readers alone, where the place says what it is. */
  readonly isLabelHidden?: boolean;
}

export function Select<Id extends string>({ label, choices, value, onChange, isLabelHidden = false }: Props<Id>) {
  return (
    <AriaSelect
      value={value}
      onChange={(key) => {
        const chosen = choices.find(({ id }) => id === key);
        if (chosen) onChange(chosen.id);
      }}
      className={styles['field']}
      {...(isLabelHidden && { 'aria-label': label })}
    >
      {!isLabelHidden && <Label className={styles['label']}>{label}</Label>}
      <Button className={styles['picker']}>
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className={styles['popover']}>
        <ListBox items={choices} className={styles['list']}>
          {({ id, label: text, isDisabled = false }) => (
            <ListBoxItem id={id} isDisabled={isDisabled} className={styles['option']}>
              {text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
