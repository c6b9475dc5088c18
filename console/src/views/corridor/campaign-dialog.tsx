import type { Campaign } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './corridor.module.css';

/** Who runs a campaign, and whom it speaks to where, when, about what. */
export function CampaignDialog({
  campaign,
  onClose,
}: {
  readonly campaign: Campaign | null;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={campaign?.name ?? ''} isOpen={campaign !== null} onClose={onClose}>
      {campaign && (
        <>
          <About campaign={campaign} />
          <Button onPress={onClose}>
            <FormattedMessage id="shell.close" />
          </Button>
        </>
      )}
    </Dialog>
  );
}

function About({ campaign: { owner, footprint } }: { readonly campaign: Campaign }) {
  const { formatList } = useIntl();
  const { word } = useVocabulary();
  const placeName = usePlaceName();
  const daysOf = useDayRange();
  const list = (parts: readonly string[]): string => formatList(parts, { type: 'unit' });
  const { days, places, audiences, themes, channels, languages } = footprint;
  const facts: readonly (readonly [string, string])[] = [
    ['corridor.days', days ? daysOf(days) : ''],
    ['corridor.places', list(places.map(({ code }) => placeName(code)))],
    ['corridor.audiences', list(audiences.map(({ code }) => word('audiences', code)))],
    ['corridor.themes', list(themes.map(({ code }) => word('themes', code)))],
    ['corridor.channels', list(channels.map(({ code }) => word('channels', code)))],
    ['corridor.languages', list(languages.map((code) => word('languages', code)))],
  ];
  return (
    <dl className={styles['facts']}>
      <div>
        <dt>
          <FormattedMessage id="corridor.owner" />
        </dt>
        <dd>
          <Link href={`~/registry/${owner.id}`}>{owner.name}</Link>
        </dd>
      </div>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>
            <FormattedMessage id={label} />
          </dt>
          <dd>{value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  );
}
