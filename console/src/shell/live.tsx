import { type ReactNode, useEffect, useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { Button } from '../components/button.tsx';
import { BeatContext, listen, type News } from '../hub/live.ts';
import { useViewer } from '../hub/viewer.ts';
import styles from './live.module.css';

/** What changes together is told together. */
const TOGETHER_MS = 700;
const SHOWN_MS = 15_000;
const LOOKED_AGAIN_MS = 500;

interface Told {
  readonly counts: Readonly<Record<News['kind'], number>>;
  /** Somebody writes: it is shown when they are done, or when they say so. */
  readonly isHeld: boolean;
}

/**
 * Brings what is looked at up to date when something that concerns the viewer changes, and says so without taking the word from anybody.
 * While somebody writes, nothing moves under their hands.
 */
export function Live({ children }: { readonly children: ReactNode }) {
  const viewer = useViewer();
  const [beat, setBeat] = useState(0);
  const [told, setTold] = useState<Told | null>(null);
  const show = (counts: Told['counts']): void => {
    setBeat((count) => count + 1);
    setTold({ counts, isHeld: false });
  };
  useEffect(() => {
    const ended = new AbortController();
    const ids = { suggestions: new Set<string>(), joint: new Set<string>() };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (): void => {
      const counts = { suggestions: ids.suggestions.size, joint: ids.joint.size };
      if (isWriting()) {
        setTold({ counts, isHeld: true });
        timer = setTimeout(settle, LOOKED_AGAIN_MS);
        return;
      }
      timer = undefined;
      ids.suggestions.clear();
      ids.joint.clear();
      show(counts);
    };
    const hear = ({ kind, id }: News): void => {
      ids[kind].add(id);
      timer ??= setTimeout(settle, TOGETHER_MS);
    };
    listen(viewer, hear, ended.signal);
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [viewer]);
  useEffect(() => {
    if (told === null || told.isHeld) return;
    const timer = setTimeout(() => {
      setTold(null);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [told]);
  return (
    <BeatContext value={beat}>
      <div className={styles['live']}>
        <div role="status">
          {told && (
            <p>
              {(['suggestions', 'joint'] as const)
                .filter((kind) => told.counts[kind] > 0)
                .map((kind) => (
                  <span key={kind}>
                    <FormattedMessage id={`shell.live.${kind}`} values={{ count: told.counts[kind] }} />{' '}
                  </span>
                ))}
              {told.isHeld && <FormattedMessage id="shell.live.held" />}
            </p>
          )}
        </div>
        {told?.isHeld === true && (
          <Button
            onPress={() => {
              show(told.counts);
            }}
          >
            <FormattedMessage id="shell.live.show" />
          </Button>
        )}
      </div>
      {children}
    </BeatContext>
  );
}

/** Whether somebody is in a field, a form or a dialog. */
function isWriting(): boolean {
  if (document.querySelector('section[role=dialog], section[role=alertdialog]')) return true;
  const at = document.activeElement;
  return (
    at !== null &&
    (at.matches('input:not([type=checkbox], [type=radio]), textarea, [contenteditable], [role=spinbutton]') ||
      at.closest('main form') !== null)
  );
}
