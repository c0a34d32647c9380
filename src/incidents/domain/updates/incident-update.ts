/** How far the work on a feature has come; the words of public status pages. */
export const UPDATE_STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type UpdateStatus = (typeof UPDATE_STATUSES)[number];

/** Longest name of a feature and longest text, characters. */
export const FEATURE_MAX = 60;
export const UPDATE_TEXT_MAX = 2_000;

/** What the public is told about one affected feature. Never changed: a correction is another update. */
export interface IncidentUpdate {
  readonly id: string;
  readonly incidentId: string;
  /** null: an operator's word for every workspace's audience. */
  readonly workspaceId: string | null;
  /** What is affected, in the audience's words: `posting`, `view counts`. */
  readonly feature: string;
  readonly status: UpdateStatus;
  readonly text: string;
  readonly author: string;
  readonly at: Date;
}

/** One spelling per feature, so that `Posting ` and `posting` are one. */
export const featureName = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();
