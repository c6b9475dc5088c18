import { useIntl } from 'react-intl';
import { ChooseMany } from '../../../components/choose-many.tsx';
import { useAnswer } from '../../../hub/use-answer.ts';

interface Props {
  /** Those that were chosen: their parts are offered. */
  readonly countries: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

/** Where in the chosen countries; none: everywhere in them. */
export function SubdivisionField({ countries, value, onChange }: Props) {
  const { formatMessage, formatDisplayName, locale } = useIntl();
  const answer = useAnswer(async () => {
    const { subdivisionsOf } = await import('./subdivisions.ts');
    return countries.flatMap((country) => {
      const place = countries.length > 1 ? ` · ${formatDisplayName(country, { type: 'region' }) ?? country}` : '';
      return subdivisionsOf(country).map(({ id, label }) => ({ id, label: label + place }));
    });
  }, [countries.join(), locale]);
  if (answer.kind !== 'here' || answer.value.length === 0) return null;
  return (
    <ChooseMany
      label={formatMessage({ id: 'registry.subdivisions' })}
      choices={answer.value.toSorted((one, other) => one.label.localeCompare(other.label, locale))}
      value={value}
      onChange={onChange}
    />
  );
}
