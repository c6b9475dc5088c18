import { FieldError, Input, Label, NumberField as AriaNumberField } from 'react-aria-components';
import styles from './field.module.css';

interface Props {
  readonly label: string;
  /** Null: none is given. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly problem?: string | undefined;
}

/** A whole number from 0, written in the digits and with the separators of the reader's language. */
export function NumberField({ label, value, onChange, problem }: Props) {
  return (
    <AriaNumberField
      value={value ?? Number.NaN}
      onChange={(number) => {
        onChange(Number.isNaN(number) ? null : number);
      }}
      minValue={0}
      step={1}
      isInvalid={problem !== undefined}
      className={styles['field']}
    >
      <Label className={styles['label']}>{label}</Label>
      <Input className={styles['input']} />
      <FieldError className={styles['problem']}>{problem}</FieldError>
    </AriaNumberField>
  );
}
