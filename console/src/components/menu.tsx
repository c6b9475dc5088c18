import { Button as AriaButton, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import buttons from './button.module.css';
import styles from './field.module.css';

interface Props<Id extends string> {
  readonly label: string;
  readonly choices: readonly { readonly id: Id; readonly label: string }[];
  readonly onChoose: (id: Id) => void;
  readonly isPending?: boolean;
}

/** A button that has several things to do behind it. */
export function Menu<Id extends string>({ label, choices, onChoose, isPending = false }: Props<Id>) {
  return (
    <MenuTrigger>
      <AriaButton isPending={isPending} className={`${buttons['button']} ${buttons['plain']}`}>
        {label}
        <span aria-hidden="true">▾</span>
      </AriaButton>
      <Popover className={styles['popover']}>
        <AriaMenu
          items={choices}
          onAction={(key) => {
            const chosen = choices.find(({ id }) => id === key);
            if (chosen) onChoose(chosen.id);
          }}
          className={styles['list']}
        >
          {({ id, label: text }) => (
            <MenuItem id={id} className={styles['option']}>
              {text}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
