import {
  Autocomplete,
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  Select as AriaSelect,
  SelectValue,
  useFilter,
} from 'react-aria-components';
import { FormattedMessage } from 'react-intl';
import styles from './field.module.css';
import type { Choice } from './select.tsx';

/** From here on one looks for a choice by writing a part of it. */
const MANY = 12;

interface Props {
  readonly label: string;
  /** None: they are on their way. */
  readonly choices: readonly Choice<string>[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly problem?: string | undefined;
  /** The label is for screen readers alone, where the place says what it is. */
  readonly isLabelHidden?: boolean;
}

/** Any number of choices of a list, such as themes; a long list is searched. */
export function ChooseMany({ label, choices, value, onChange, problem, isLabelHidden = false }: Props) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const chosen = choices.filter(({ id }) => value.includes(id)).map((choice) => choice.label);
  const isAwaited = choices.length === 0;
  const list = (
    <ListBox items={choices} className={styles['list']}>
      {({ id, label: text }) => (
        <ListBoxItem id={id} textValue={text} className={styles['option']}>
          {({ isSelected }) => (
            <>
              <span aria-hidden="true">{isSelected ? '✓ ' : ''}</span>
              {text}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
  return (
    <AriaSelect
      selectionMode="multiple"
      value={value}
      onChange={(keys) => {
        onChange(keys.map(String));
      }}
      // A list without choices would not open, and not say why.
      isDisabled={isAwaited}
      isInvalid={problem !== undefined}
      className={styles['field']}
      {...(isLabelHidden && { 'aria-label': label })}
    >
      {!isLabelHidden && <Label className={styles['label']}>{label}</Label>}
      <Button className={styles['picker']}>
        <SelectValue>{isAwaited ? <FormattedMessage id="shell.loading" /> : chosen.join(', ') || '–'}</SelectValue>
        <span aria-hidden="true">▾</span>
      </Button>
      <FieldError className={styles['problem']}>{problem}</FieldError>
      <Popover className={styles['popover']}>
        {choices.length < MANY ? (
          list
        ) : (
          <Autocomplete filter={contains}>
            <SearchField aria-label={label} autoFocus>
              <Input className={styles['input']} />
            </SearchField>
            {list}
          </Autocomplete>
        )}
      </Popover>
    </AriaSelect>
  );
}
