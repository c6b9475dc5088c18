import { FormattedMessage, useIntl } from 'react-intl';
import { useVocabulary, type VocabularyList } from '../../hub/use-vocabulary.ts';
import styles from './corridor.module.css';
import type { Corridor } from './use-corridors.ts';
import { useSeason } from './use-season.ts';

/** What is known of a route, and how far to trust it. Its sourced words are in English. */
export function Facts({ corridor }: { readonly corridor: Corridor }) {
  const { formatList } = useIntl();
  const { word } = useVocabulary();
  const seasonName = useSeason();
  const words = (list: VocabularyList, terms: readonly { readonly code: string }[]): string =>
    formatList(
      terms.map(({ code }) => word(list, code)),
      { type: 'unit' },
    );
  return (
    <dl className={styles['facts']}>
      <div>
        <dt>
          <FormattedMessage id="corridor.themes" />
        </dt>
        <dd>{words('themes', corridor.themes)}</dd>
      </div>
      <div>
        <dt>
          <FormattedMessage id="corridor.languages" />
        </dt>
        <dd>{words('languages', corridor.languages)}</dd>
      </div>
      {corridor.season && (
        <div>
          <dt>
            <FormattedMessage id="corridor.season" />
          </dt>
          <dd>{seasonName(corridor.season)}</dd>
        </div>
      )}
      {corridor.facts !== null && (
        <div>
          <dt>
            <FormattedMessage id="corridor.known" />
          </dt>
          <dd lang="en" dir="auto">
            {corridor.facts}
          </dd>
        </div>
      )}
      <div>
        <dt>
          <FormattedMessage id="corridor.trust" />
        </dt>
        <dd lang="en" dir="auto">
          {corridor.confidence}
        </dd>
      </div>
    </dl>
  );
}
