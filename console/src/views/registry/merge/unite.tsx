import { type Actor, ConcordProblemError, type MergedField } from '@concord/client-sdk';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { ActorField, type ChosenActor } from '../../../components/actor-field.tsx';
import { Button } from '../../../components/button.tsx';
import { ChooseMany } from '../../../components/choose-many.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { FailedState } from '../../../components/states.tsx';
import { hub } from '../../../hub/hub.ts';
import { useSend } from '../../../hub/use-send.ts';
import styles from './merge.module.css';

const FIELDS: readonly MergedField[] = [
  'NAME',
  'NAMES',
  'KIND',
  'DESCRIPTION',
  'BASED_IN',
  'COMMUNITY_OF',
  'LEGAL_STATUS',
  'BALI_PROCESS_ROLE',
  'VISIBILITY',
  'WEBSITE',
  'SOURCE',
];

/** One actor of two records, and two of one again. */
export function Unite() {
  const { formatMessage } = useIntl();
  const [survivor, setSurvivor] = useState<ChosenActor | null>(null);
  const [duplicate, setDuplicate] = useState<ChosenActor | null>(null);
  const [take, setTake] = useState<readonly string[]>([]);
  const [united, setUnited] = useState<{ readonly survivor: Actor; readonly duplicate: ChosenActor } | null>(null);
  const [times, setTimes] = useState(0);
  const [isAsking, setAsking] = useState(false);
  const sending = useSend();
  const undoing = useSend();
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const isSame = survivor !== null && survivor.id === duplicate?.id;
  const unite = (): void => {
    if (!survivor || !duplicate) return;
    sending.send(
      async () =>
        hub.actors.merge(await readAnew(survivor.id), duplicate.id, {
          take: FIELDS.filter((field) => take.includes(field)),
        }),
      (actor) => {
        setUnited({ survivor: actor, duplicate });
        setSurvivor(null);
        setDuplicate(null);
        setTake([]);
        setAsking(false);
        setTimes(times + 1);
      },
    );
  };
  return (
    <section className={styles['part']}>
      <h2>{label('unite')}</h2>
      <p className={styles['lead']}>{label('uniteLead')}</p>
      {united && (
        <div role="status" className={styles['united']}>
          <p>
            {formatMessage(
              { id: 'registry.united' },
              { duplicate: united.duplicate.name, survivor: united.survivor.name },
            )}
          </p>
          <Button
            kind="quiet"
            isDisabled={undoing.isSending}
            onPress={() => {
              undoing.send(
                async () => hub.actors.undoMerge(await readAnew(united.survivor.id), united.duplicate.id),
                () => {
                  setUnited(null);
                },
              );
            }}
          >
            {label('undoUnite')}
          </Button>
        </div>
      )}
      {undoing.error !== null && <FailedState error={undoing.error} />}
      {/* Once two are united one begins anew. */}
      <div key={times} className={styles['pair']}>
        <ActorField label={label('survivor')} value={survivor} onChange={setSurvivor} />
        <ActorField
          label={label('duplicate')}
          value={duplicate}
          onChange={setDuplicate}
          problem={isSame ? label('sameActor') : undefined}
        />
        <ChooseMany
          label={label('takeFields')}
          choices={FIELDS.map((id) => ({ id, label: formatMessage({ id: 'registry.mergedField' }, { field: id }) }))}
          value={take}
          onChange={setTake}
        />
        <Button
          kind="danger"
          isDisabled={!survivor || !duplicate || isSame}
          onPress={() => {
            sending.forget();
            setAsking(true);
          }}
        >
          {label('unite')}
        </Button>
      </div>
      <Confirm
        title={label('unite')}
        action={label('unite')}
        isOpen={isAsking}
        isPending={sending.isSending}
        error={sending.error}
        onConfirm={unite}
        onClose={() => {
          setAsking(false);
        }}
      >
        <p>
          {formatMessage(
            { id: 'registry.uniteMeans' },
            { duplicate: duplicate?.name ?? '', survivor: survivor?.name ?? '' },
          )}
        </p>
      </Confirm>
    </section>
  );
}

/** As it is now: what one chose from may be older. */
async function readAnew(id: string): Promise<Actor> {
  const actor = await hub.actors.get(id);
  if (actor) return actor;
  throw new ConcordProblemError({
    __typename: 'NotFound',
    code: 'NOT_FOUND',
    message: 'It is not there any more.',
    unknownId: id,
  });
}
