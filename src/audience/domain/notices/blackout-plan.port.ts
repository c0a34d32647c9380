import type { WorkspaceId } from '../../../kernel/ids.js';

/** What an outage of a platform would mean for the backup list. */
export interface BlackoutPlan {
  /** People who would get it: confirmed and not suppressed. */
  readonly recipients: number;
  /** Seconds after the incident's opening at which it goes out by itself; absent: a person sends the draft. */
  readonly sentAfterSeconds?: number;
}

/** Looks ahead to the notice of an outage; drafts and sends nothing. */
export abstract class BlackoutPlans {
  abstract of(workspaceId: WorkspaceId, platform: string): Promise<BlackoutPlan>;
}
