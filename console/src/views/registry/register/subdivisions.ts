import { iso31662 } from 'iso-3166';

/** The first subdivisions of a country by ISO 3166-2, as the hub knows them; fetched by whoever chooses one. */
export function subdivisionsOf(country: string): readonly { readonly id: string; readonly label: string }[] {
  return iso31662
    .filter(({ code, parent }) => code.startsWith(`${country}-`) && (parent === undefined || parent === country))
    .map(({ code, name }) => ({ id: code, label: name }));
}
