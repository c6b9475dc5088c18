import type { CountryRole } from '@concord/client-sdk';
import { useIntl } from 'react-intl';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';

export interface Corridor {
  readonly code: string;
  readonly name: string;
  /** In English; null where none are recorded. */
  readonly facts: string | null;
  readonly confidence: string;
  /** In the order of travel. */
  readonly legs: readonly { readonly role: CountryRole; readonly country: { readonly code: string } }[];
  readonly languages: readonly { readonly code: string }[];
  readonly themes: readonly { readonly code: string }[];
  /** Months, 1 to 12; it may begin in one year and end in the next. */
  readonly season: { readonly fromMonth: number; readonly toMonth: number; readonly why: string | null } | null;
}

/** In the order of travel. */
export const ROLES = ['ORIGIN', 'TRANSIT', 'DESTINATION', 'RETURN'] as const satisfies readonly CountryRole[];

const CORRIDORS = `query ConsoleCorridors($language: String!) {
  corridors {
    code name(language: $language) facts confidence
    legs { role country { code } }
    languages { code }
    themes { code }
    season { fromMonth toMonth why }
  }
}`;

/** The routes the hub knows, named in the language of whoever looks. */
export function useCorridors() {
  const { locale } = useIntl();
  return useAnswer(
    async (signal) =>
      (
        await hub.query<{ readonly corridors: readonly Corridor[] }, { language: string }>(
          CORRIDORS,
          { language: locale },
          { signal },
        )
      ).corridors,
    [locale],
  );
}

/** The countries of a role, each once. */
export function countriesOf({ legs }: Corridor, role: CountryRole): readonly string[] {
  return [...new Set(legs.filter((leg) => leg.role === role).map(({ country }) => country.code))];
}
