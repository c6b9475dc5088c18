import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { Proposal } from '../proposal.ts';

/** A proposal that nobody has put into words yet. */
export type Unsaid = Omit<Proposal, 'title' | 'explanation'>;

/** A title, and one English sentence that a coordinator can read aloud. */
export interface Said {
  readonly title: string;
  readonly explanation: string;
}

/** Says what is proposed. Names countries and roles but no actor and no record, so that whoever may see the suggestion may read it. */
export type Sayer = (proposal: Unsaid, vocabulary: Vocabulary) => Said;
