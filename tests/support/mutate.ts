import type { Client } from './hub.ts';

/** What a mutation answers: the record as selected, or a problem. */
export type Result = Record<string, unknown> & { readonly __typename: string };

const RECORDS = {
  registerProgramme: 'Programme',
  reviseProgramme: 'Programme',
  withdrawProgramme: 'Programme',
  planCampaign: 'Campaign',
  reviseCampaign: 'Campaign',
  rescheduleCampaign: 'Campaign',
  cancelCampaign: 'Campaign',
  addCalendarEntry: 'CalendarEntry',
  reviseCalendarEntry: 'CalendarEntry',
  cancelCalendarEntry: 'CalendarEntry',
  draftCaseStudy: 'CaseStudy',
  reviseCaseStudy: 'CaseStudy',
  publishCaseStudy: 'CaseStudy',
  withdrawCaseStudy: 'CaseStudy',
  featureCaseStudy: 'CaseStudy',
  declareInterest: 'ContributionInterest',
  reviseInterest: 'ContributionInterest',
  withdrawInterest: 'ContributionInterest',
  registerCommitment: 'Commitment',
  reviseCommitment: 'Commitment',
  endCommitment: 'Commitment',
  registerInsight: 'Insight',
  reviseInsight: 'Insight',
  confirmInsight: 'Insight',
  withdrawInsight: 'Insight',
  confirmNameMatch: 'NameQuestion',
  refuseNameMatch: 'NameQuestion',
} as const;

export type MutationName = keyof typeof RECORDS;

/** Sends one mutation of the registry and selects these fields of the record, beside id and version, and every problem. */
export async function mutate(client: Client, name: MutationName, input: object, fields = ''): Promise<Result> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: ${type}!) {
      result: ${name}(input: $input) {
        __typename
        ... on ${RECORDS[name]} { id version ${fields} }
        ... on Problem { code message }
        ... on InvalidInput { issues { path message } }
        ... on NotFound { missing: id }
        ... on StaleVersion { expected stored }
      }
    }`,
    { input },
  );
  return result;
}

/** The id of a record that must have been saved. */
export async function idOf(saving: Promise<Result>): Promise<string> {
  const result = await saving;
  if (typeof result['id'] !== 'string') throw new Error(`expected a record, found ${JSON.stringify(result)}`);
  return result['id'];
}
