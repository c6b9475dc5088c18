import type { CalendarEntryKind } from '@concord/client-sdk';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { ActorField } from '../../../components/actor-field.tsx';
import { Button } from '../../../components/button.tsx';
import { ChooseMany } from '../../../components/choose-many.tsx';
import { DateRangeField } from '../../../components/date-field.tsx';
import { TextField } from '../../../components/field.tsx';
import { Select } from '../../../components/select.tsx';
import { FailedState } from '../../../components/states.tsx';
import { useDraft } from '../../../hub/use-draft.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useVocabulary } from '../../../hub/use-vocabulary.ts';
import { useCountries } from '../../../language/use-countries.ts';
import { SubdivisionField } from './subdivision-field.tsx';
import { EMPTY_DRAFT, FACETS, type RecordDraft } from './record-draft.ts';
import styles from './register.module.css';

const ENTRY_KINDS: readonly CalendarEntryKind[] = [
  'BROADCAST',
  'CONSULTATION',
  'EVALUATION',
  'EVENT',
  'MEETING',
  'OTHER',
  'OUTREACH',
  'PRE_TEST',
  'PUBLICATION',
  'RESEARCH',
  'TRAINING',
];
const FIELDS = ['name', 'owner', 'days', 'kind', ...FACETS];

interface Saved {
  readonly id: string;
  readonly name: string;
}

interface Props {
  /** Under which it is kept until it is sent. */
  readonly draftOf: string;
  readonly title: string;
  readonly lead: ReactNode;
  /** Whoever acts for nobody says for whom. */
  readonly asksOwner?: boolean;
  readonly asksKind?: boolean;
  readonly needsDays?: boolean;
  readonly save: (draft: RecordDraft & { readonly clientMutationKey: string }) => Promise<Saved>;
  /** Where to go on from what was registered. */
  readonly next: (saved: Saved) => ReactNode;
}

/** The few things to say of a record. What is begun stays in this browser until it is sent or given up. */
export function RecordForm({ draftOf, title, lead, save, next, ...asks }: Props) {
  const { asksOwner = false, asksKind = false, needsDays = false } = asks;
  const { formatMessage } = useIntl();
  const { draft, isBegun, change, discard } = useDraft(draftOf, EMPTY_DRAFT);
  // Only what was there when one came is news.
  const [wasBegun, setWasBegun] = useState(isBegun);
  const [saved, setSaved] = useState<Saved | null>(null);
  const sending = useSend(FIELDS);
  const vocabulary = useVocabulary();
  const countries = useCountries();
  const label = (key: string): string => formatMessage({ id: `registry.${key}` });
  const isWhole =
    draft.name.trim() !== '' && (!asksOwner || draft.owner !== null) && (!needsDays || draft.days !== null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const clientMutationKey = draft.clientMutationKey ?? crypto.randomUUID();
    change({ clientMutationKey });
    sending.send(
      () => save({ ...draft, name: draft.name.trim(), clientMutationKey }),
      (record) => {
        discard();
        setSaved(record);
      },
    );
  };
  // What is changed after a refusal is another intention.
  const edit = (part: Partial<RecordDraft>): void => {
    change({ ...part, clientMutationKey: null });
  };
  if (saved) {
    return (
      <section className={styles['done']}>
        <h1>{label('registered')}</h1>
        <p role="status">
          <FormattedMessage id="registry.registeredAs" values={{ name: saved.name }} />
        </p>
        <div className={styles['choices']}>{next(saved)}</div>
      </section>
    );
  }
  return (
    <form onSubmit={submit} className={styles['form']} noValidate>
      <header>
        <Link href="/">{label('back')}</Link>
        <h1>{title}</h1>
        <p className={styles['lead']}>{lead}</p>
      </header>
      {wasBegun && isBegun && (
        <p role="status" className={styles['begun']}>
          <span>{label('draftKept')}</span>
          <Button
            kind="quiet"
            onPress={() => {
              discard();
              sending.forget();
              setWasBegun(false);
            }}
          >
            {label('startAnew')}
          </Button>
        </p>
      )}
      {sending.error !== null && <FailedState error={sending.error} />}
      <TextField
        label={label('name')}
        isRequired
        value={draft.name}
        onChange={(name) => {
          edit({ name });
        }}
        problem={sending.problemOf('name')}
      />
      {asksOwner && (
        <ActorField
          // Given up, it begins anew.
          key={draft.owner === null && !isBegun ? 'empty' : 'begun'}
          label={label('owner')}
          isRequired
          value={draft.owner}
          onChange={(owner) => {
            edit({ owner });
          }}
          problem={sending.problemOf('owner')}
        />
      )}
      <div className={styles['pairs']}>
        {asksKind && (
          <Select
            label={label('entryKind')}
            choices={ENTRY_KINDS.map((id) => ({
              id,
              label: formatMessage({ id: 'registry.kindOfEntry' }, { kind: id }),
            }))}
            value={draft.kind}
            onChange={(kind) => {
              edit({ kind });
            }}
          />
        )}
        <DateRangeField
          label={label('days')}
          isRequired={needsDays}
          value={draft.days}
          onChange={(days) => {
            edit({ days });
          }}
          problem={sending.problemOf('days')}
        />
        {FACETS.map((facet) => (
          <ChooseMany
            key={facet}
            label={label(facet === 'places' ? 'countries' : facet)}
            choices={facet === 'places' ? countries : vocabulary[facet]}
            value={draft[facet]}
            onChange={(codes) => {
              edit({ [facet]: codes });
            }}
            problem={sending.problemOf(facet)}
          />
        ))}
        {draft.places.length > 0 && (
          <SubdivisionField
            countries={draft.places}
            value={draft.subdivisions}
            onChange={(subdivisions) => {
              edit({ subdivisions });
            }}
          />
        )}
      </div>
      <div className={styles['choices']}>
        <Button kind="main" type="submit" isDisabled={sending.isSending || !isWhole}>
          {label('register')}
        </Button>
        <p className={styles['hint']}>{label(asksOwner || needsDays ? 'keptStarred' : 'kept')}</p>
      </div>
    </form>
  );
}
