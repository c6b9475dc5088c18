import type { NotificationKind } from './notification-kind.ts';

/** Something that a digest tells of. */
export interface DigestItem {
  readonly kind: NotificationKind;
  readonly subjectId: string;
  /** What it is about, where whoever reads the mail may know it whoever they are; null: it is counted only. */
  readonly text: string | null;
}

/** Where the links of a digest lead. */
export interface DigestLinks {
  readonly publicUrl: string;
  readonly unsubscribeUrl: string;
}

export interface ComposedDigest {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** More are counted, not listed. */
const LISTED = 20;

const CALLED: Readonly<Record<NotificationKind, readonly [one: string, many: string]>> = {
  NEW_OVERLAP: ['new overlap', 'new overlaps'],
  NEW_SUGGESTION: ['new suggestion', 'new suggestions'],
  SUGGESTION_REVEALED: ['endorser shown', 'endorsers shown'],
  INVITATION: ['invitation', 'invitations'],
  APPROVAL_NEEDED: ['thing to approve', 'things to approve'],
  ENDS_SOON: ['end to come', 'ends to come'],
  NOT_CONFIRMED: ['entry to confirm', 'entries to confirm'],
  CONTRADICTION: ['contradiction', 'contradictions'],
  REVIEW_DUE: ['thing to review', 'things to review'],
};

/** Writes a mail of what is new, as plain text and as simple HTML; null when nothing is. The items come in their order. */
export function composeDigest(items: readonly DigestItem[], links: DigestLinks): ComposedDigest | null {
  if (items.length === 0) return null;
  const counts = countsOf(items);
  const told = items.flatMap(({ text, subjectId }) => (text === null ? [] : [{ text, url: urlOf(links, subjectId) }]));
  const listed = told.slice(0, LISTED);
  const left = items.length - listed.length;
  const rest =
    left === 0 ? [] : [`${String(left)} more ${left === 1 ? 'is' : 'are'} told in the hub only: ${links.publicUrl}`];
  const stop = `You get this because your organisation entered your address. To get no more of it: ${links.unsubscribeUrl}`;
  return {
    subject: `Concord: ${counts.slice(0, 3).join(', ')}${counts.length > 3 ? ', …' : ''}`,
    text: [
      'New for your organisation:',
      counts.map((count) => `  ${count}`).join('\n'),
      ...listed.map(({ text, url }) => `- ${text}\n  ${url}`),
      ...rest,
      `-- \n${stop}`,
    ].join('\n\n'),
    html: [
      '<p>New for your organisation:</p>',
      listOf(counts.map(escaped)),
      listOf(listed.map(({ text, url }) => `<a href="${escaped(url)}">${escaped(text)}</a>`)),
      ...rest.map((sentence) => `<p>${escaped(sentence)}</p>`),
      `<p><small>${escaped(stop)}</small></p>`,
    ].join('\n'),
  };
}

function countsOf(items: readonly DigestItem[]): string[] {
  const numbers = new Map<NotificationKind, number>();
  for (const { kind } of items) numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
  return [...numbers].map(([kind, count]) => `${String(count)} ${CALLED[kind][count === 1 ? 0 : 1]}`);
}

/** What comes after `#` stays with the reader: no server between is told what they look at. */
function urlOf({ publicUrl }: DigestLinks, subjectId: string): string {
  return `${publicUrl}/#${subjectId}`;
}

function listOf(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
