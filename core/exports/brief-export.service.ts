import type { AuditLog } from '../access/audit-log.ts';
import type { Viewer } from '../access/viewer.ts';
import type { BriefService } from '../briefs/brief.service.ts';
import { select } from '../projection/selection.ts';
import { BRIEF_POLICY, briefPage, briefText } from './brief-page.ts';
import { mostSensitive, type Sensitivity } from './sensitivity.ts';

/** How a brief is written. */
export const BRIEF_FORMATS = { md: 'text/markdown; charset=utf-8', html: 'text/html; charset=utf-8' } as const;
export type BriefFormat = keyof typeof BRIEF_FORMATS;

export interface BriefFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sensitivity: Sensitivity;
  /** What a page may load and run: nothing. Null: it is none. */
  readonly contentSecurityPolicy: string | null;
  readonly content: string;
}

/** Hands out briefs about corridors as files. */
export class BriefExportService {
  constructor(
    private readonly briefs: BriefService,
    private readonly auditLog: AuditLog,
    private readonly licence: string,
  ) {}

  /** @throws {BadRequest} when there is no such corridor */
  async ofCorridor(viewer: Viewer, code: string, format: BriefFormat): Promise<BriefFile> {
    const brief = await this.briefs.ofCorridor(viewer, code, select('corridorBrief', [select('corridor', ['code'])]));
    const { code: corridor } = brief.corridor as { readonly code: string };
    const sensitivity = mostSensitive([isForMembers(brief.sections) ? 'members' : 'partners']);
    await this.auditLog.note(viewer, { kind: 'exported', detail: { list: 'brief', corridor, format, sensitivity } });
    const labels = { sensitivity, licence: this.licence };
    return {
      fileName: `concord-brief-${corridor}-${brief.asOf}-${sensitivity.toLowerCase()}.${format}`,
      mediaType: BRIEF_FORMATS[format],
      sensitivity,
      contentSecurityPolicy: format === 'html' ? BRIEF_POLICY : null,
      content: format === 'html' ? briefPage(brief, labels) : briefText(brief, labels),
    };
  }
}

/** Whether every record behind it is shown to every member: its last section counts those that are not. */
function isForMembers(sections: Awaited<ReturnType<BriefService['ofCorridor']>>['sections']): boolean {
  const about = sections.find(({ topic }) => topic === 'about');
  return about?.figures.find(({ label }) => label === 'Not shown to every member')?.value === 0;
}
