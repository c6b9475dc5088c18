import { useDeferredValue, useState } from 'react';
import {
  Button,
  ComboBox,
  FieldError,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components';
import { hub } from '../hub/hub.ts';
import { useAnswer } from '../hub/use-answer.ts';
import styles from './field.module.css';

/** An actor as one chooses it. */
export interface ChosenActor {
  readonly id: string;
  readonly name: string;
}

const PROPOSED = 20;

interface Props {
  readonly label: string;
  readonly value: ChosenActor | null;
  readonly onChange: (actor: ChosenActor | null) => void;
  readonly isRequired?: boolean;
  readonly problem?: string | undefined;
}

/** An actor, found by a part of its name in any language; the hub searches. */
export function ActorField({ label, value, onChange, problem, isRequired = false }: Props) {
  const [text, setText] = useState(value?.name ?? '');
  const asked = useDeferredValue(text.trim());
  const answer = useAnswer(
    (signal) => hub.actors.list({ first: PROPOSED, filter: { search: asked } }).page({ signal }),
    [asked],
  );
  const found = answer.kind === 'here' ? answer.value.nodes : [];
  return (
    <ComboBox
      items={found}
      inputValue={text}
      onInputChange={setText}
      value={value?.id ?? null}
      onChange={(key) => {
        const chosen = found.find(({ id }) => id === key);
        if (chosen) setText(chosen.name);
        onChange(chosen ? { id: chosen.id, name: chosen.name } : null);
      }}
      menuTrigger="focus"
      isRequired={isRequired}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
      className={styles['field']}
    >
      <Label className={styles['label']}>
        {label}
        {isRequired && <span aria-hidden="true"> *</span>}
      </Label>
      <Group className={styles['picker']}>
        <Input className={styles['bare']} />
        <Button className={styles['open']}>▾</Button>
      </Group>
      <FieldError className={styles['problem']}>{problem}</FieldError>
      <Popover className={styles['popover']}>
        <ListBox<ChosenActor> className={styles['list']}>
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name} className={styles['option']}>
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
