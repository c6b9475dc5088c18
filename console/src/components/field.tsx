import type { ReactNode } from 'react';
import {
  FieldError,
  Input,
  Label,
  SearchField as AriaSearchField,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from 'react-aria-components';
import styles from './field.module.css';

interface Props extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with it, from the hub; shown under the field. */
  readonly problem?: string | undefined;
  /** Several lines. */
  readonly isLong?: boolean;
}

export function TextField({ label, hint, problem, isLong = false, ...props }: Props) {
  return (
    <AriaTextField {...props} isInvalid={problem !== undefined || props.isInvalid === true} className={styles['field']}>
      <Label className={styles['label']}>
        {label}
        {props.isRequired === true && <span aria-hidden="true"> *</span>}
      </Label>
      {isLong ? <TextArea className={styles['input']} rows={4} /> : <Input className={styles['input']} />}
      {hint !== undefined && (
        <Text slot="description" className={styles['hint']}>
          {hint}
        </Text>
      )}
      <FieldError className={styles['problem']}>{problem}</FieldError>
    </AriaTextField>
  );
}

interface SearchProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, ...props }: SearchProps) {
  return (
    <AriaSearchField {...props} className={styles['field']}>
      <Label className={styles['label']}>{label}</Label>
      <Input className={styles['input']} />
    </AriaSearchField>
  );
}
