/** Vocabularies of IATI's `sector` whose codes are DAC's: purposes of five digits, categories of three. IATI 1 named them. */
const DAC_VOCABULARIES = new Set(['1', '2', 'DAC', 'DAC-3']);

/**
 * Codes that say nothing about what is done, so that sharing one is no common theme: sectors not specified (99810, in 998), and the
 * donor's own administration (91010, in 910).
 */
const SAYS_NOTHING = /^(?:998|910|99810|91010)$/;

/**
 * DAC codes that were held against the hub's themes, and the decision. Only a code that clearly is about one of the hub's themes is
 * mapped: a wider one would put programmes onto corridors that they do not work on. Codes that are not listed are about
 * something else. Definitions: OECD DAC list of purpose codes, as IATI publishes it (Sector).
 */
export const REVIEWED_DAC_CODES: readonly {
  readonly code: string;
  readonly theme: string | null;
  readonly reason: string;
}[] = [
  {
    code: '15190',
    theme: 'safe_regular_pathways',
    reason: 'defined as facilitation of orderly, safe, regular and responsible migration and mobility',
  },
  {
    code: '93015',
    theme: 'return_reintegration',
    reason: 'defined as voluntary repatriation of refugees to a developing country',
  },
  { code: '15136', theme: null, reason: 'immigration services such as registration and permits: no theme of the hub' },
  { code: '15153', theme: null, reason: 'media in general: a means, about any theme' },
  { code: '15160', theme: null, reason: 'human rights of everybody: wider than any theme of the hub' },
  {
    code: '15180',
    theme: null,
    reason: 'all violence against women and girls, mostly at home: wider than gbv_on_route',
  },
  { code: '15261', theme: null, reason: 'child soldiers: neither all of child_protection nor about migration' },
  { code: '16070', theme: null, reason: 'all labour rights; forced labour is one of five examples' },
  { code: '24050', theme: null, reason: 'cost of remittances: no theme of the hub' },
  { code: '13010', theme: null, reason: 'population policy; its definition sends migration to 15190' },
  { code: '72010', theme: null, reason: 'relief goods to anybody in a crisis, refugees included' },
  { code: '72050', theme: null, reason: 'coordination of relief: no theme of the hub' },
  { code: '93010', theme: null, reason: 'all costs of refugees in donor countries, mostly upkeep' },
  {
    code: '93014',
    theme: null,
    reason: 'pocket money and asylum procedure together: wider than asylum_protection_information',
  },
];

const THEME_BY_CODE = new Map(REVIEWED_DAC_CODES.map(({ code, theme }) => [code, theme]));

/** The DAC code of a sector, or null when its vocabulary is another, its form is none of DAC's, or it says nothing. */
export function dacCode(vocabulary: string | null, code: string | null): string | null {
  // Without a vocabulary a sector is of DAC's purposes.
  if (!DAC_VOCABULARIES.has(vocabulary ?? '1') || code === null) return null;
  return /^\d{3}(?:\d{2})?$/.test(code) && !SAYS_NOTHING.test(code) ? code : null;
}

/** The hub's own theme that a DAC code clearly is about, or null. */
export function themeOfDac(code: string): string | null {
  return THEME_BY_CODE.get(code) ?? null;
}
