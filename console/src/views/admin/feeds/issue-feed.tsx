import { type SubmitEvent, useState } from 'react';
import { useIntl } from 'react-intl';
import { Button } from '../../../components/button.tsx';
import { ChooseMany } from '../../../components/choose-many.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { TextField } from '../../../components/field.tsx';
import { FailedState } from '../../../components/states.tsx';
import { Tick } from '../../../components/tick.tsx';
import { hub } from '../../../hub/hub.ts';
import { useSend } from '../../../hub/use-send.ts';
import { useVocabulary } from '../../../hub/use-vocabulary.ts';
import { useViewer } from '../../../hub/viewer.ts';
import { useCountries } from '../../../language/use-countries.ts';
import styles from '../admin.module.css';

interface Props {
  /** With the feed's address, which the hub says this once. */
  readonly onIssued: (url: string) => void;
  readonly onClose: () => void;
}

export function IssueFeed({ onIssued, onClose }: Props) {
  const { formatMessage } = useIntl();
  const { actor } = useViewer();
  const vocabulary = useVocabulary();
  const [name, setName] = useState('');
  const [corridors, setCorridors] = useState<readonly string[]>([]);
  const [countries, setCountries] = useState<readonly string[]>([]);
  const [themes, setThemes] = useState<readonly string[]>([]);
  const [mine, setMine] = useState(false);
  const [observances, setObservances] = useState(false);
  const sending = useSend(['label', 'corridors', 'countries', 'themes']);
  const label = (key: string): string => formatMessage({ id: `admin.${key}` });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.send(
      () =>
        hub.feeds.issue({
          label: name.trim(),
          corridors: [...corridors],
          countries: [...countries],
          themes: [...themes],
          mine,
          observances,
        }),
      ({ url }) => {
        onIssued(url);
      },
    );
  };
  return (
    <Dialog title={label('issueFeed')} isOpen onClose={onClose}>
      <form onSubmit={submit} className={styles['form']} noValidate>
        <TextField
          label={label('feedLabel')}
          isRequired
          value={name}
          onChange={setName}
          problem={sending.problemOf('label')}
        />
        <ChooseMany
          label={formatMessage({ id: 'registry.corridors' })}
          choices={vocabulary.corridors}
          value={corridors}
          onChange={setCorridors}
          problem={sending.problemOf('corridors')}
        />
        <ChooseMany
          label={formatMessage({ id: 'registry.countries' })}
          choices={useCountries()}
          value={countries}
          onChange={setCountries}
          problem={sending.problemOf('countries')}
        />
        <ChooseMany
          label={formatMessage({ id: 'registry.themes' })}
          choices={vocabulary.themes}
          value={themes}
          onChange={setThemes}
          problem={sending.problemOf('themes')}
        />
        {actor && (
          <Tick isSelected={mine} onChange={setMine}>
            {label('onlyOwn')}
          </Tick>
        )}
        <Tick isSelected={observances} onChange={setObservances}>
          {label('withObservances')}
        </Tick>
        {sending.error !== null && <FailedState error={sending.error} />}
        <Button kind="main" type="submit" isDisabled={sending.isSending || name.trim() === ''}>
          {label('issueFeed')}
        </Button>
      </form>
    </Dialog>
  );
}
