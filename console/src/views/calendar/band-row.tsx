import { FormattedMessage } from 'react-intl';
import type { Days } from '../../components/date-field.tsx';
import { percent } from './bar.tsx';
import styles from './chart.module.css';
import { packed } from './lanes.ts';
import { placed } from './scale.ts';
import { useWording } from './use-wording.ts';

/** More would push the lanes out of sight; the table has them all. */
const MOST_ROWS = 4;

interface Props {
  readonly title: string;
  readonly window: Days;
  readonly bands: readonly { readonly days: Days; readonly name: string; readonly reason: string | null }[];
  readonly tone: 'season' | 'observance' | 'overlap';
}

/** What stands above all lanes because it bears on more than one. Nothing, where nothing is. */
export function BandRow({ title, window, bands, tone }: Props) {
  const wording = useWording();
  const rows = packed(bands);
  const left = rows.slice(MOST_ROWS).flat().length;
  if (bands.length === 0) return null;
  return (
    <div className={styles['bands']}>
      <span className={styles['name']}>
        {title}
        {left > 0 && (
          <small>
            <FormattedMessage id="calendar.moreBands" values={{ count: left }} />
          </small>
        )}
      </span>
      <div className={styles['track']}>
        {rows.slice(0, MOST_ROWS).map((row, index) => (
          <ul key={index} className={styles['row']}>
            {row.map((band, place) => {
              const { from, size } = placed(window, band.days);
              const said = `${band.name} · ${wording.days(band.days)}`;
              return (
                <li
                  key={place}
                  data-tone={tone}
                  title={band.reason === null ? said : `${said} · ${band.reason}`}
                  className={styles['band']}
                  style={{ insetInlineStart: percent(from), inlineSize: percent(size) }}
                >
                  <span dir="auto">{band.name}</span>
                </li>
              );
            })}
          </ul>
        ))}
      </div>
    </div>
  );
}
