import type { Labels } from '../../vocabulary/vocabulary.rows.ts';
import type { IatiActivity } from './activity.ts';
import { namesByLanguage } from './activity-texts.ts';
import { dacLabel } from './dac-labels.ts';
import { dacCode, themeOfDac } from './dac-themes.ts';

export interface ActivityThemes {
  /** Codes of theme terms in order: `dac:` and a purpose or category of DAC, and the hub's own. */
  readonly themes: readonly string[];
  /** Of those with `dac:`, what to call each where the hub does not know it yet, and the hub's own theme that includes it. */
  readonly terms: readonly { readonly code: string; readonly labels: Labels; readonly broader?: string }[];
}

/** What an activity is about: its sectors of DAC's two vocabularies; other vocabularies are not read. */
export function activityThemes({ sectors }: Pick<IatiActivity, 'sectors'>): ActivityThemes {
  const known = sectors.flatMap(({ vocabulary, code, names }) => {
    const dac = dacCode(vocabulary, code);
    return dac === null ? [] : [{ dac, names }];
  });
  const terms = [...Map.groupBy(known, ({ dac }) => dac)].map(([dac, same]) => {
    const broader = themeOfDac(dac);
    const labels = { en: dacLabel(dac), ...namesByLanguage(same.flatMap(({ names }) => names)) };
    return { code: `dac:${dac}`, labels, ...(broader === null ? {} : { broader }) };
  });
  const themes = terms.flatMap(({ code, broader }) => (broader === undefined ? [code] : [code, broader]));
  return { themes: [...new Set(themes)].sort(), terms };
}
