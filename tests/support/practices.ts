import type { Client } from './hub.ts';
import { idOf, mutate } from './mutate.ts';

/** A case study that says all there is to say, with what a test wants otherwise. */
export const caseStudyInput = (fields: object = {}): Record<string, unknown> => ({
  title: 'Example practice',
  summary: 'Example summary',
  done: 'Example of what was done',
  achieved: 'Example of what was achieved',
  conditions: 'Example conditions',
  evidence: [
    {
      kind: 'EVALUATION',
      statement: 'Example statement',
      source: 'Example evaluation',
      link: 'https://example.org/evaluation',
      publishedOn: '2026-05-01',
    },
  ],
  places: ['PH'],
  corridors: ['ph_global'],
  audiences: ['prospective_migrant'],
  themes: ['fraudulent_recruitment'],
  channels: ['pre_employment_orientation', 'help_desk'],
  languages: ['fil'],
  objectiveLevel: 'behaviour',
  source: 'a letter',
  ...fields,
});

/** Drafts and publishes a case study by a key of its owner; returns its id. It is at version 2 then. */
export async function publishPractice(client: Client, fields: object = {}): Promise<string> {
  const id = await idOf(mutate(client, 'draftCaseStudy', caseStudyInput(fields)));
  return idOf(mutate(client, 'publishCaseStudy', { id, expectedVersion: 1 }));
}
