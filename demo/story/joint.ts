import { PlainError } from '../../platform/plain-error.ts';
import type { HubClient } from './hub-client.ts';

export interface Part {
  readonly id: string;
  readonly version: number;
  readonly place: { readonly code: string; readonly name: string };
  readonly role: string | null;
  readonly lead: boolean;
  readonly status: string;
  readonly datesConfirmed: boolean;
  readonly actor: { readonly id: string; readonly name: string } | null;
}

/** A joint campaign as one of its members sees it. */
export interface Joint {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly windowVersion: number;
  readonly window: { readonly start: string; readonly end: string };
  readonly parts: readonly Part[];
  readonly tasks: readonly {
    readonly id: string;
    readonly version: number;
    readonly required: boolean;
    readonly status: string;
    readonly part: { readonly id: string };
  }[];
}

/** @throws PlainError when it is not there for them */
export async function seeJoint(client: HubClient, id: string): Promise<Joint> {
  const { node } = await client.ask<{ node: Joint | null }>(
    `query ($id: ID!) { node(id: $id) { ... on JointCampaign { id version status windowVersion window { start end }
      parts { id version place { code name } role lead status datesConfirmed actor { id name } }
      tasks { id version required status part { id } } } } }`,
    { id },
  );
  if (node === null) throw new PlainError(`${client.name} does not see the joint campaign ${id}.`);
  return node;
}

/** The part of a country. */
export function ofCountry({ parts }: Joint, code: string): Part {
  const found = parts.find(({ place }) => place.code === code);
  if (found === undefined) throw new PlainError(`The joint campaign has no part in ${code}.`);
  return found;
}
