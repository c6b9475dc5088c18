/**
 * What date-holidays 3.37 says of a country and is not so, by its English names. For Sri Lanka and Bangladesh it has days that
 * follow the moon as fixed days of one past year; of the Korean new year it has the wrong three days; two days of Bangladesh are
 * no public holidays since 2024. Where the day can be computed, `public-holidays.ts` has it.
 */
const NOT_BELIEVED: Readonly<Record<string, RegExp>> = {
  BD: /^(Buddha's Birthday|Krishna Janmashtami|Durga Puja|Mujib's Birthday|National Mourning Day)/,
  KR: /^Korean New Year/,
  LK: /Poya Day|^Id-Ul-|^Milad-Un-Nabi|^Deepavali|^Mahasivarathri/,
};

/** Whether a holiday of date-holidays is taken over. */
export function isBelieved(country: string, name: string): boolean {
  return NOT_BELIEVED[country]?.test(name) !== true;
}
