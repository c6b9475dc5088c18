import { useEffect, useRef } from 'react';
import { useMove } from 'react-aria';
import type { Days } from '../../components/date-field.tsx';
import styles from './bar.module.css';
import { shifted } from './days.ts';
import { daysIf, type Item } from './item.ts';
import { lengthOf, placed } from './scale.ts';
import type { Moving } from './use-move.ts';
import { useWording } from './use-wording.ts';

interface Props {
  readonly item: Item;
  readonly window: Days;
  readonly moving: Moving;
  /** Whether this viewer may put it on other days. */
  readonly isMovable: boolean;
  /** Whether the tab key comes here; from here the arrow keys lead on. */
  readonly isEntrance: boolean;
}

const DAYS_OF_KEYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * Something in the calendar, as long as its days. Pressed it is looked at; whoever may change it drags it, or presses it and then uses
 * the arrow keys: a day, with shift a week; Enter keeps, Escape leaves.
 */
export function Bar({ item, window, moving, isMovable, isEntrance }: Props) {
  const wording = useWording();
  const self = useRef<HTMLButtonElement>(null);
  const isChosen = moving.chosen?.id === item.id;
  // What is chosen is not to lie under what is said of it.
  useEffect(() => {
    if (isChosen) self.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isChosen]);
  const dragged = useRef<{ pixels: number; stated: Days } | null>(null);
  const stated = isChosen && moving.draft ? moving.draft : item.stated;
  const days = daysIf(item, stated);
  const { from, size } = placed(window, days);
  const { moveProps } = useMove({
    onMoveStart: ({ pointerType }) => {
      if (pointerType !== 'keyboard') dragged.current = { pixels: 0, stated: item.stated };
    },
    onMove: ({ pointerType, deltaX }) => {
      const drag = dragged.current;
      if (pointerType === 'keyboard' || !drag) return;
      drag.pixels += deltaX;
      drag.stated = shifted(item.stated, daysFor(drag.pixels, self.current, window));
      if (Math.abs(drag.pixels) > 3) moving.draw(item, drag.stated);
    },
    onMoveEnd: ({ pointerType }) => {
      const drag = dragged.current;
      dragged.current = null;
      if (pointerType !== 'keyboard' && drag) moving.keep(item, drag.stated);
    },
  });
  // In place of the keys of useMove: arrows lead from bar to bar until one is taken up.
  const press = (event: React.KeyboardEvent): void => {
    if (!isMovable || !isChosen) return;
    const by = DAYS_OF_KEYS[event.key];
    if (by !== undefined) {
      const isMirrored = getComputedStyle(event.currentTarget).direction === 'rtl';
      moving.draw(item, shifted(stated, by * (event.shiftKey ? 7 : 1) * (isMirrored ? -1 : 1)));
    } else if (event.key === 'Enter' && moving.isMoved) moving.keep(item, stated);
    else if (event.key === 'Escape') {
      if (moving.isMoved) moving.leave();
      else moving.choose(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      ref={self}
      type="button"
      data-bar={item.id}
      {...(isMovable && moveProps)}
      onKeyDown={press}
      onClick={() => {
        if (!isChosen) moving.choose(item);
      }}
      tabIndex={isEntrance ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={wording.bar(item, days)}
      {...(isMovable && { 'aria-describedby': 'calendar-keys' })}
      title={`${item.name} · ${item.owner.name} · ${wording.days(days)}`}
      className={styles['bar']}
      data-type={item.type}
      data-cancelled={item.isCancelled || undefined}
      data-tentative={item.isTentative || undefined}
      data-movable={isMovable || undefined}
      data-moved={(isChosen && moving.isMoved) || undefined}
      style={{ insetInlineStart: percent(from), inlineSize: percent(size) }}
    >
      <span dir="auto">
        {item.type === 'entry' && item.record.recurrence !== null && '↻ '}
        {item.name}
      </span>
    </button>
  );
}

export const percent = (share: number): string => `${String(Math.round(share * 1e5) / 1e3)}%`;

/** How many days so many pixels are, to the right; where one reads from the right, time runs to the left. */
function daysFor(pixels: number, bar: HTMLElement | null, window: Days): number {
  const track = bar?.closest('[data-track]');
  if (!track) return 0;
  const { width } = track.getBoundingClientRect();
  const days = Math.round((pixels / width) * lengthOf(window));
  return getComputedStyle(track).direction === 'rtl' ? -days : days;
}
