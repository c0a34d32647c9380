import type { Incident } from '../../../health/domain/incident.js';
import type { Impact } from '../ledger/impact.js';
import type { LedgerEntry } from '../ledger/ledger-entry.js';
import type { IncidentUpdate } from '../updates/incident-update.js';
import type { ReachRow } from './expected-reach.js';

/** The span a report looks at: the incident with what led to it and what it left. */
export interface EvidenceWindow {
  readonly from: Date;
  readonly to: Date;
}

/** Where a report begins and ends. @param now ends the window of an incident that is open */
export const evidenceWindow = (
  { openedAt, closedAt }: Pick<Incident, 'openedAt' | 'closedAt'>,
  now: Date,
  leadMs: number,
): EvidenceWindow => {
  const from = new Date(openedAt.getTime() - leadMs);
  const end = closedAt ? closedAt.getTime() + leadMs : now.getTime();
  return { from, to: new Date(Math.min(end, now.getTime())) };
};

export interface EvidenceHead {
  readonly incident: Incident;
  readonly severity: string;
  readonly workspace: { readonly id: string; readonly name: string };
  readonly window: EvidenceWindow;
  readonly impact: Impact;
  readonly generatedAt: Date;
}

/** One try, with what the platform said. Absent: it did not come to that, or the platform did not tell. */
export interface AttemptEvidence {
  readonly no: number;
  readonly purpose: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly intentAt?: Date;
  readonly callStartedAt?: Date;
  readonly outcomeAt?: Date;
  readonly httpStatus?: number;
  readonly platformCode?: string;
  readonly requestId?: string;
  readonly detail?: string;
  readonly handle?: string;
}

/** One look at a post's counters. */
export interface CounterSample {
  readonly at: Date;
  readonly views?: number;
  readonly likes?: number;
  readonly comments?: number;
  readonly suspect: boolean;
}

/** The last look before the incident, the last one during it, the newest after it. */
export interface Counters {
  readonly before?: CounterSample;
  readonly during?: CounterSample;
  readonly after?: CounterSample;
}

/** What stands for a target elsewhere. */
export interface ReplacementEvidence {
  readonly targetId: string;
  readonly platform: string;
  readonly account: string;
  readonly status: string;
  readonly publishedAt?: Date;
  readonly permalink?: string;
}

/** A target of the troubled platform that was due in the window, or that the ledger names. */
export interface TargetEvidence {
  readonly targetId: string;
  readonly postId: string;
  readonly title: string;
  readonly accountId: string;
  readonly account: string;
  readonly platform: string;
  readonly role: string;
  readonly status: string;
  readonly scheduledAt: Date;
  readonly publishedAt?: Date;
  readonly late: boolean;
  readonly permalink?: string;
  readonly platformPostId?: string;
  readonly holdReason?: string;
  readonly error?: { readonly category: string; readonly outcome?: string; readonly detail?: string };
  readonly attempts: readonly AttemptEvidence[];
  readonly replacements: readonly ReplacementEvidence[];
  readonly counters: Counters;
}

/** A post that was live before the incident, with what became of its counters. */
export interface EarlierPost {
  readonly targetId: string;
  readonly title: string;
  readonly account: string;
  readonly publishedAt: Date;
  readonly counters: Counters;
}

/** A report in its order, piece by piece: no part of it needs another in memory. */
export type EvidencePart =
  | { readonly kind: 'head'; readonly head: EvidenceHead }
  | { readonly kind: 'timeline'; readonly entry: LedgerEntry }
  | { readonly kind: 'update'; readonly update: IncidentUpdate }
  | { readonly kind: 'target'; readonly target: TargetEvidence }
  | { readonly kind: 'reach'; readonly row: ReachRow }
  | { readonly kind: 'earlier_post'; readonly post: EarlierPost }
  | { readonly kind: 'decision'; readonly entry: LedgerEntry }
  | { readonly kind: 'signals'; readonly entry: LedgerEntry };

/** Sections in the order of a report. */
export const EVIDENCE_SECTIONS = [
  'head',
  'timeline',
  'update',
  'target',
  'reach',
  'earlier_post',
  'decision',
  'signals',
] as const satisfies readonly EvidencePart['kind'][];

/** Writes a report in one format, piece by piece. */
export interface EvidenceWriter {
  readonly part: (part: EvidencePart) => string;
  readonly end: () => string;
}
