import type { Work } from '../access/unit-of-work.ts';
import { type Refused, invalid } from '../outcome.ts';
import type { TermKind } from '../vocabulary/code-kind.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { insertFacts, type StoredFact } from './fact.rows.ts';
import { Message } from './campaign.entity.ts';
import type { CampaignFields } from './campaign.input.ts';

/** What a campaign says in codes, and its messages. */
export type CampaignParts = Pick<Partial<CampaignFields>, 'objectiveLevel' | 'phase' | 'messages'>;

/** Refuses codes nobody knows; else gives the parts with canonical codes. */
export async function checkParts<T extends CampaignParts>(
  work: Work,
  vocabulary: VocabularyService,
  parts: T,
): Promise<{ readonly kind: 'fit'; readonly parts: T } | Refused> {
  const written = [
    ...codeAt('objective_level', parts.objectiveLevel, 'input.objectiveLevel'),
    ...codeAt('phase', parts.phase, 'input.phase'),
    ...(parts.messages ?? []).flatMap(({ stance, frame, audiences }, index) => {
      const path = messagePath(index);
      return [
        ...codeAt('stance', stance, `${path}.stance`),
        ...codeAt('message_frame', frame, `${path}.frame`),
        ...(audiences ?? []).flatMap((code, i) => codeAt('audience', code, `${path}.audiences[${String(i)}]`)),
      ];
    }),
  ];
  const { resolved, issues } = await vocabulary.resolveCodes(work.em, written);
  if (issues.length > 0) return invalid(issues);
  const byPath = new Map(resolved.map(({ written: { path }, code }) => [path, code]));
  const canonical = <C extends string | null | undefined>(code: C, path: string): C | string =>
    byPath.get(path) ?? code;
  const messages = parts.messages?.map((message, index) => {
    const path = messagePath(index);
    const audiences = (message.audiences ?? []).map((code, i) => canonical(code, `${path}.audiences[${String(i)}]`));
    return {
      ...message,
      stance: canonical(message.stance, `${path}.stance`),
      frame: canonical(message.frame, `${path}.frame`),
      audiences: [...new Set(audiences)],
    };
  });
  const objectiveLevel = canonical(parts.objectiveLevel, 'input.objectiveLevel');
  const phase = canonical(parts.phase, 'input.phase');
  return { kind: 'fit', parts: { ...parts, objectiveLevel, phase, messages: messages ?? parts.messages } };
}

/** Replaces the messages when they are given: absent they stay, null and an empty list clear them. */
export async function replaceMessages(
  work: Work,
  campaignId: string,
  messages: CampaignParts['messages'],
): Promise<void> {
  if (messages === undefined) return;
  await work.em.nativeDelete(Message, { campaignId });
  const facts: StoredFact[] = [];
  (messages ?? []).forEach((message, index) => {
    const id = work.newId('msg');
    (message.facts ?? []).forEach((fact, at) => facts.push({ ...fact, messageId: id, campaignId, position: at + 1 }));
    work.em.create(Message, {
      id,
      campaignId,
      position: index + 1,
      text: message.text,
      texts: message.texts ?? {},
      language: message.language ?? null,
      stance: message.stance,
      frame: message.frame ?? null,
      perspective: message.perspective ?? null,
      audiences: message.audiences ?? [],
      source: message.source ?? null,
      reviewedOn: message.reviewedOn ?? null,
      validFrom: message.validFrom ?? null,
      validTo: message.validTo ?? null,
    });
  });
  await work.em.flush();
  await insertFacts(work, facts);
}

const messagePath = (index: number): string => `input.messages[${String(index)}]`;

function codeAt(kind: TermKind, code: string | null | undefined, path: string) {
  return code === null || code === undefined ? [] : [{ kind, code, path }];
}
