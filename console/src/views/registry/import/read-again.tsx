import type { ImportRun } from '@concord/client-sdk';
import { type SubmitEvent, useState } from 'react';
import { useIntl } from 'react-intl';
import { Button } from '../../../components/button.tsx';
import { DateRangeField, type Days } from '../../../components/date-field.tsx';
import { Select } from '../../../components/select.tsx';
import { FailedState } from '../../../components/states.tsx';
import { Tick } from '../../../components/tick.tsx';
import { hub } from '../../../hub/hub.ts';
import { useDraft } from '../../../hub/use-draft.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useViewer } from '../../../hub/viewer.ts';
import { useCountries } from '../../../language/use-countries.ts';
import { mayUnite } from '../may.ts';
import { Columns } from './columns.tsx';
import styles from './import.module.css';
import {
  type ColumnFields,
  columnFields,
  DATE_ORDERS,
  type DateOrder,
  readMapping,
  withChoices,
} from './sheet-mapping.ts';

const UNSAID = '';
const NOBODY = 'nobody';

/** What to say of a file beside the file itself: its columns, days and country, and whom unclear names mean. Nothing is written by it. */
export function ReadAgain({ run, onMoved }: { readonly run: ImportRun; readonly onMoved: () => void }) {
  const { formatMessage, formatNumber } = useIntl();
  const viewer = useViewer();
  const countries = useCountries();
  const [days, setDays] = useState<Days | null>(run.period);
  const [country, setCountry] = useState(run.country ?? UNSAID);
  const [vouch, setVouch] = useState(run.vouch);
  const [meant, setMeant] = useState<Readonly<Record<string, string>>>({});
  const mapping = readMapping(run);
  const { draft, change, discard } = useDraft<{ columns: ColumnFields; dateOrder: DateOrder | '' }>(
    `mapping-${run.id}`,
    { columns: {}, dateOrder: mapping?.dateOrder ?? '' },
  );
  const sending = useSend(['period', 'country']);
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const unclear = run.matches.filter(({ actor, candidates }) => actor === null && candidates.length > 0);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const names = Object.entries(meant)
      .filter(([, actor]) => actor !== UNSAID)
      .map(([name, actor]) => ({ name, actor: actor === NOBODY ? null : actor }));
    sending.send(
      () =>
        hub.imports.plan(run, {
          ...(days && { period: days }),
          ...(country !== UNSAID && { country }),
          ...(names.length > 0 && { names }),
          // What was not chosen otherwise, as it was understood the last time.
          ...(mapping && { mapping: withChoices(mapping, draft.columns, draft.dateOrder) }),
          ...(vouch && { vouch }),
        }),
      () => {
        discard();
        onMoved();
      },
    );
  };
  return (
    <section className={styles['part']}>
      <h2>{label('readAgain')}</h2>
      <form onSubmit={submit} className={styles['part']}>
        {mapping?.columns && (
          <>
            <p className={styles['lead']}>{label('columnsLead')}</p>
            <Columns
              run={run}
              columns={{ ...columnFields(mapping), ...draft.columns }}
              onChange={(column, fields) => {
                change({ columns: { ...draft.columns, [column]: fields } });
              }}
            />
          </>
        )}
        <div className={styles['settings']}>
          {mapping?.columns && (
            <Select
              label={label('dateOrder')}
              choices={[
                { id: '', label: label('dateOrder.asItSeems') },
                ...DATE_ORDERS.map((id) => ({ id, label: label(`dateOrder.${id}`) })),
              ]}
              value={draft.dateOrder}
              onChange={(dateOrder) => {
                change({ dateOrder });
              }}
            />
          )}
          <DateRangeField
            label={label('periodOfRows')}
            value={days}
            onChange={setDays}
            problem={sending.problemOf('period')}
          />
          <Select
            label={label('countryOfRows')}
            choices={[{ id: UNSAID, label: '–' }, ...countries]}
            value={country}
            onChange={setCountry}
          />
          {unclear.map(({ name, candidates }) => (
            <Select
              key={name}
              label={formatMessage({ id: 'registry.whoIs' }, { name })}
              choices={[
                { id: UNSAID, label: label('notSaid') },
                ...candidates.flatMap(({ actor, confidence }) =>
                  actor
                    ? [{ id: actor.id, label: `${actor.name} (${formatNumber(confidence, { style: 'percent' })})` }]
                    : [],
                ),
                { id: NOBODY, label: label('nobodyKnown') },
              ]}
              value={meant[name] ?? UNSAID}
              onChange={(actor) => {
                setMeant({ ...meant, [name]: actor });
              }}
            />
          ))}
          {mayUnite(viewer) && (
            <Tick isSelected={vouch} onChange={setVouch}>
              {label('vouch')}
            </Tick>
          )}
        </div>
        {sending.error !== null && <FailedState error={sending.error} />}
        <div className={styles['deeds']}>
          <Button type="submit" isDisabled={sending.isSending}>
            {label('readAgain')}
          </Button>
        </div>
      </form>
    </section>
  );
}
