import type { CountryRole } from '../../../engine/index.ts';

/** A section that comes with the hub. Lists left out: it holds for all. */
export interface SeedSection {
  /** Names the section for ever; its id is made from it. */
  readonly key: string;
  readonly title: string;
  /** Markdown, 40 to 120 plain words. */
  readonly text: string;
  readonly roles?: readonly CountryRole[];
  readonly phases?: readonly string[];
  readonly audiences?: readonly string[];
  readonly themes?: readonly string[];
  readonly channels?: readonly string[];
  /** BCP 47 primary subtags. */
  readonly languages?: readonly string[];
  readonly objectiveLevels?: readonly string[];
  readonly actorKinds?: readonly string[];
  /** Where the facts come from; what is our own advice says so. */
  readonly source: string;
  readonly sourceUrl?: string;
}

/** Good practice as we know it, resting on no one study. */
export const EDITORS = { source: "The hub's editors" };
export const BANGKOK_2009 = {
  source: "Workshop under the Bali Process, Bangkok 2009; the wording is the hub's editors'",
  sourceUrl: 'https://www.baliprocess.net',
};
export const JAKARTA_2025 = {
  source: "Bali Process regional consultation, Jakarta 2025; the advice is the hub's editors'",
  sourceUrl: 'https://www.baliprocess.net',
};
export const GMDAC_2018 = {
  source: "IOM GMDAC 2018, on 60 evaluated campaigns; the advice is the hub's editors'",
  sourceUrl: 'https://gmdac.iom.int',
};
export const RSO = {
  source: "Regional Support Office of the Bali Process; the advice is the hub's editors'",
  sourceUrl: 'https://rso.baliprocess.net',
};
export const IID_2017 = { source: "IID 2017, Bangladesh; the advice is the hub's editors'" };
export const UNODC_2024 = {
  source: "UNODC 2024, survey in Indonesia, Malaysia and Thailand; the advice is the hub's editors'",
  sourceUrl: 'https://www.unodc.org',
};
export const MMC_2020 = {
  source: "Mixed Migration Centre 2020, on Afghans; the advice is the hub's editors'",
  sourceUrl: 'https://mixedmigration.org',
};
export const OHCHR_2023 = {
  source: "OHCHR 2023, on scam centres; the advice is the hub's editors'",
  sourceUrl: 'https://www.ohchr.org',
};
export const MESSENGERS = {
  source: "IOM Migrants as Messengers 2, West Africa; the advice is the hub's editors'",
  sourceUrl: 'https://www.iom.int',
};
export const PHILIPPINES = {
  source: "Department of Migrant Workers, Philippines; the advice is the hub's editors'",
  sourceUrl: 'https://dmw.gov.ph',
};
