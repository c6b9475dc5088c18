import type { OverlapPreview, TypedDocument, Viewer } from '@concord/client-sdk';
import { useCallback, useRef, useState } from 'react';
import type { Days } from '../../components/date-field.tsx';
import { hub } from '../../hub/hub.ts';
import { type Answer, useAnswer } from '../../hub/use-answer.ts';
import { isSame, isOpen } from './days.ts';
import { asCampaign, asEntry, daysIf, type Item } from './item.ts';

/** Each look counts in a day's budget of its party, so that only days on which one rests are looked at. */
const REST_MS = 350;
const MOST_SHOWN = 5;

/** A change that can be taken back: what was moved, and where from. */
export interface Moved {
  readonly item: Item;
  readonly from: Days;
  readonly to: Days;
}

export interface Moving {
  /** What somebody looks at; it may be on its way to other days. */
  readonly chosen: Item | null;
  /** The days it would state; its own while it was not moved. */
  readonly draft: Days | null;
  readonly isMoved: boolean;
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly last: Moved | null;
  readonly choose: (item: Item | null) => void;
  readonly draw: (item: Item, days: Days) => void;
  readonly leave: () => void;
  readonly keep: (item: Item, days: Days) => void;
  readonly takeBack: () => void;
}

/** Moves what is in the calendar to other days, one at a time, and back. @param onChanged the calendar is to be read anew */
export function useMoving(onChanged: () => void): Moving {
  const [chosen, setChosen] = useState<Item | null>(null);
  const [draft, setDraft] = useState<Days | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [last, setLast] = useState<Moved | null>(null);
  const choose = useCallback((item: Item | null) => {
    setChosen(item);
    setDraft(item?.stated ?? null);
    setError(null);
  }, []);
  const draw = useCallback((item: Item, days: Days) => {
    setChosen(item);
    setDraft(days);
    setError(null);
  }, []);
  const leave = useCallback(() => {
    setDraft(chosen?.stated ?? null);
    setError(null);
  }, [chosen]);
  const write = (item: Item, days: Days, onDone: (changed: Item) => void): void => {
    setSaving(true);
    setError(null);
    rescheduled(item, days)
      .then((changed) => {
        setChosen(changed);
        setDraft(changed.stated);
        onDone(changed);
        onChanged();
      })
      .catch(setError)
      .finally(() => {
        setSaving(false);
      });
  };
  const keep = (item: Item, days: Days): void => {
    if (isSaving || isSame(days, item.stated)) return;
    write(item, days, (changed) => {
      setLast({ item: changed, from: item.stated, to: changed.stated });
    });
  };
  const takeBack = (): void => {
    if (isSaving || !last) return;
    write(last.item, last.from, () => {
      setLast(null);
    });
  };
  const isMoved = chosen !== null && draft !== null && !isSame(draft, chosen.stated);
  return { chosen, draft, isMoved, isSaving, error, last, choose, draw, leave, keep, takeBack };
}

/** @throws {ConcordProblemError} where the hub refuses */
async function rescheduled(item: Item, stated: Days): Promise<Item> {
  const { id, version } = item.record;
  const days = isOpen(stated) ? { start: stated.start } : stated;
  if (item.type === 'campaign') {
    return asCampaign(await hub.campaigns.reschedule({ id, expectedVersion: version, days })) ?? item;
  }
  return asEntry(await hub.calendar.revise({ id, expectedVersion: version, footprint: { days } })) ?? item;
}

const PROGRAMME: TypedDocument<
  { readonly node: { readonly campaign: { readonly programme: { readonly id: string } | null } } | null },
  { readonly id: string }
> = `query EntryProgramme($id: ID!) {
  node(id: $id) { ... on CalendarEntry { campaign { programme { id } } } }
}`;

/**
 * What an item would overlap with on days it is not on yet; looked at once somebody rests on them, and each but once.
 * @param stated null: nothing is asked, and nothing is found
 */
export function useOverlapPreview(
  { actor }: Viewer,
  item: Item | null,
  stated: Days | null,
): Answer<readonly OverlapPreview[]> & { readonly again: () => void } {
  const known = useRef(new Map<string, readonly OverlapPreview[]>());
  return useAnswer(
    async (signal) => {
      if (!item || !stated) return [];
      const days = daysIf(item, stated);
      const key = `${item.id} ${String(item.record.version)} ${days.start} ${days.end}`;
      const before = known.current.get(key);
      if (before) return before;
      await rest(signal);
      const programme = await programmeOf(item, signal);
      const { footprint, owner } = item;
      const found = await hub.preview(
        {
          days: isOpen(days) ? { start: days.start } : days,
          places: footprint.places.map(({ code }) => code),
          corridors: footprint.corridors.map(({ code }) => code),
          audiences: footprint.audiences.map(({ code }) => code),
          themes: footprint.themes.map(({ code }) => code),
          channels: footprint.channels.map(({ code }) => code),
          languages: footprint.languages,
        },
        {
          first: MOST_SHOWN,
          signal,
          ...(owner.id !== actor?.id && { owner: owner.id }),
          ...(programme !== null && { programme }),
        },
      );
      known.current.set(key, found);
      return found;
    },
    [item?.id, item?.record.version, stated?.start, stated?.end],
  );
}

async function programmeOf(item: Item, signal: AbortSignal): Promise<string | null> {
  if (item.type === 'campaign') return item.record.programme?.id ?? null;
  const { node } = await hub.query(PROGRAMME, { id: item.id }, { signal });
  return node?.campaign.programme?.id ?? null;
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, REST_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('moved on'));
    });
  });
}
