import type { Release } from '../core/access/release.ts';

/** How the scenario is written down. Days count from the day the demo is loaded: -10 is ten days ago. */
export interface DemoFootprint {
  readonly days?: readonly [from: number, to: number | null];
  readonly places?: readonly string[];
  readonly corridors?: readonly string[];
  readonly audiences?: readonly string[];
  readonly themes?: readonly string[];
  readonly channels?: readonly string[];
  readonly languages?: readonly string[];
}

export interface DemoActor {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly basedIn?: readonly string[];
  readonly communityOf?: readonly string[];
  readonly aliases?: readonly string[];
  readonly description?: string;
  readonly source?: string;
  readonly baliProcessRole?: 'member' | 'observer' | 'member_organisation' | 'office';
  /** What it has committed to campaigns, in words; none when absent. */
  readonly commitment?: { readonly description: string; readonly source: string | null };
  readonly hostedBy?: string;
  readonly unregistered?: true;
  readonly illustrative: boolean;
}

export interface DemoMessage {
  readonly text: string;
  readonly stance: 'deter' | 'inform' | 'empower' | 'protect';
  readonly frame: string;
  readonly language: string;
  readonly perspective: 'origin' | 'transit' | 'destination';
}

export interface DemoEntry extends DemoFootprint {
  readonly name: string;
  readonly kind: string;
  readonly precision?: 'day' | 'week' | 'month' | 'quarter';
  readonly status?: 'tentative' | 'confirmed';
  readonly recurrence?: string;
  readonly cancelled?: string;
  readonly materials?: readonly { readonly title: string; readonly url: string; readonly kind: string }[];
}

export interface DemoCampaign extends DemoFootprint {
  readonly name: string;
  readonly objectiveLevel: string;
  readonly phase: string;
  readonly messages?: readonly DemoMessage[];
  readonly entries?: readonly DemoEntry[];
}

export interface DemoProgramme extends DemoFootprint {
  /** Key of the owning actor. */
  readonly by: string;
  readonly name: string;
  readonly description: string;
  readonly partners?: readonly (readonly [
    actor: string,
    role: 'funding' | 'accountable' | 'extending' | 'implementing',
  ])[];
  readonly mechanisms?: readonly { readonly name: string; readonly channel: string; readonly howToUse: string }[];
  /** How much of it others learn; what is usual for its owner's kind when absent. */
  readonly release?: Partial<Release>;
  readonly campaigns: readonly DemoCampaign[];
}

export interface DemoCaseStudy extends Omit<DemoFootprint, 'days'> {
  /** Key of the owning actor. */
  readonly by: string;
  readonly title: string;
  readonly summary: string;
  readonly done: string;
  readonly achieved: string;
  readonly conditions: string;
  readonly evidence: readonly { readonly kind: string; readonly statement: string; readonly source: string }[];
  readonly objectiveLevel?: string;
  readonly illustrative: boolean;
  readonly source?: string;
}

export interface DemoInterest {
  readonly by: string;
  readonly topic: string;
  readonly offers: string;
  readonly languages: readonly string[];
  /** Days from the day the demo is loaded; without, it has no end. */
  readonly until?: number;
}

export interface DemoCommitment {
  readonly by: string;
  readonly kind: string;
  readonly description: string;
  readonly quantity: number;
  readonly unit: string;
  readonly corridors: readonly string[];
  readonly themes: readonly string[];
  /** Days from the day the demo is loaded. */
  readonly until: number;
}

/** A need made up for the demonstration. */
export interface DemoInsight {
  readonly kind: 'unmet_need' | 'trend';
  readonly audience: string;
  readonly places?: readonly string[];
  readonly corridor?: string;
  readonly themes?: readonly string[];
  readonly statement: string;
}
