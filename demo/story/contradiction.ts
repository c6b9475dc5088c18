import type { Cast } from './cast.ts';
import { type HubClient, expectThat, until } from './hub-client.ts';
import { type Chapter, type Stage, dayOf } from './stage.ts';

export interface Resolved {
  readonly warning: string;
  readonly suggested: string;
  /** What became of the suggestion. */
  readonly status: string;
  readonly warningsLeft: readonly string[];
}

interface Warnings {
  readonly node: {
    readonly version: number;
    readonly warnings: readonly { readonly code: string; readonly text: string }[];
  };
}

const SUBJECT = 'report a false offer';
const TEXT = 'An offer you cannot check is one to refuse. Call before you answer.';

/** Two campaigns give the same people different numbers to call; both are told, one corrects its own, and nothing is left of it. */
export async function contradict(
  stage: Stage,
  { malaysia, creators }: Cast,
  campaign: string,
): Promise<Chapter<Resolved>> {
  const messages = (value: string) => [
    {
      ...{ text: TEXT, stance: 'empower', language: 'ms', reviewedOn: dayOf(stage, 0) },
      facts: [{ kind: 'HOTLINE', subject: SUBJECT, value, country: 'MY' }],
    },
  ];
  const warningsOf = async (id: string) => {
    const { node } = await malaysia.ask<Warnings>(
      'query ($id: ID!) { node(id: $id) { ... on Campaign { version warnings { code text } } } }',
      { id },
    );
    return { ...node, warnings: node.warnings.filter(({ code }) => code === 'DIVERGING_FACT') };
  };
  const { version } = await warningsOf(campaign);
  await malaysia.change('reviseCampaign', 'Campaign', {
    id: campaign,
    expectedVersion: version,
    release: { visibility: 'MEMBERS' },
    messages: messages('03-5550 0101'),
  });
  const other = await creators.change('planCampaign', 'Campaign', {
    name: 'Example: who pays your ticket?',
    illustrative: true,
    footprint: {
      days: { start: dayOf(stage, 50), end: dayOf(stage, 90) },
      places: ['MY'],
      audiences: ['youth_15_24'],
      themes: ['fraudulent_recruitment'],
      channels: ['tiktok'],
      languages: ['ms'],
    },
    messages: messages('03-5550 0199'),
  });
  const [warning] = await until('a warning of two numbers', async () => {
    const { warnings } = await warningsOf(campaign);
    return warnings.length > 0 ? warnings : null;
  });
  const suggestionTo = async (who: HubClient) => {
    const { suggestions } = await who.ask<{ suggestions: { nodes: { id: string; explanation: string }[] } }>(
      '{ suggestions(filter: { addressedToMe: true, kinds: [RESOLVE_CONTRADICTION] }) { nodes { id explanation } } }',
    );
    return suggestions.nodes.find(({ explanation }) => explanation.includes('numbers to call'));
  };
  const suggestion = await until('a suggestion to resolve the contradiction', () => suggestionTo(malaysia));
  expectThat((await suggestionTo(creators))?.id === suggestion.id, 'the creators are told of the same contradiction');
  const corrected = { id: other.id, expectedVersion: other.version, messages: messages('03-5550 0101') };
  await creators.change('reviseCampaign', 'Campaign', corrected);
  const status = await until('the contradiction to go', async () => {
    const { node } = await malaysia.ask<{ node: { status: string } }>(
      'query ($id: ID!) { node(id: $id) { ... on Suggestion { status } } }',
      { id: suggestion.id },
    );
    return node.status === 'OPEN' ? null : node.status;
  });
  const { warnings } = await warningsOf(campaign);
  return {
    told: [
      'Malaysia shows its campaign to all members, with a number to call. Creators there plan one with another number.',
      `Malaysia is warned: “${warning?.text ?? ''}”`,
      `Both are told: “${suggestion.explanation}”`,
      `The creators correct their number. The warning is gone, and the suggestion is ${status}.`,
    ],
    found: {
      warning: warning?.text ?? '',
      suggested: suggestion.explanation,
      status,
      warningsLeft: warnings.map(({ text }) => text),
    },
  };
}
