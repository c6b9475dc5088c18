import { createHash } from 'node:crypto';
import type { Brief } from '../briefs/compose-brief.ts';
import type { Sensitivity } from './sensitivity.ts';

/** What is printed beside a brief. */
export interface BriefLabels {
  readonly sensitivity: Sensitivity;
  readonly licence: string;
}

/** For a sheet of A4, and for a screen. No font and no picture comes from elsewhere. */
const STYLE = `@page{size:A4;margin:20mm 18mm;@bottom-right{content:counter(page) " / " counter(pages)}}
body{font:11pt/1.45 Georgia,"Noto Serif",serif;color:#000;background:#fff;max-width:42em;margin:2em auto;padding:0 1em}
h1{font-size:18pt;line-height:1.2}h2{font-size:13pt;margin:1.4em 0 .3em;break-after:avoid}p{margin:.5em 0;orphans:3;widows:3}
li{break-inside:avoid}.labels{font-size:9pt;border-top:1px solid;border-bottom:1px solid;padding:.3em 0}
@media print{body{margin:0;padding:0;max-width:none}}`;

/** Nothing but this very style sheet: whatever a text could smuggle in does nothing and asks nobody. */
export const BRIEF_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** A brief as a page of HTML that is complete in itself, ready to print or to save as PDF. */
export function briefPage({ title, sections }: Brief, labels: BriefLabels): string {
  const body = sections.map(({ heading, text }) => `<section><h2>${escaped(heading)}</h2>\n${blocks(text)}</section>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${BRIEF_POLICY}">
<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1>
<p class="labels">${escaped(labelled(labels))}</p>
${body.join('\n')}
</body></html>
`;
}

/** A brief in Markdown with its labels under the title. */
export function briefText({ text }: Brief, labels: BriefLabels): string {
  const [title = '', ...rest] = text.split('\n\n');
  return [title, labelled(labels), ...rest].join('\n\n');
}

const labelled = ({ sensitivity, licence }: BriefLabels): string =>
  `Sensitivity: ${sensitivity}. Licence: ${licence.replace(/\.$/, '')}.`;

/** Briefs are paragraphs and flat lists. */
function blocks(markdown: string): string {
  return markdown
    .split('\n\n')
    .map((block) => {
      const lines = block.split('\n');
      if (!lines.every((line) => line.startsWith('- '))) return `<p>${asHtml(block)}</p>\n`;
      return `<ul>${lines.map((line) => `<li>${asHtml(line.slice(2))}</li>`).join('')}</ul>\n`;
    })
    .join('');
}

/** What Markdown escapes is written as it is. */
function asHtml(markdown: string): string {
  return escaped(markdown.replaceAll(/\\([\\`*_[\]<>#|~])/g, '$1'));
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}
