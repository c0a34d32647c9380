import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { FrozenContent } from './frozen-content.js';
import type { AttemptView, HoldReason, TargetState } from './target-state.js';
import type { TargetRole } from './target-summary.js';

/** One target with everything the engine needs to act on it. */
export interface TargetRecord extends TargetState {
  readonly id: string;
  readonly workspaceId: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly role: TargetRole;
  readonly rootId: string;
  readonly version: number;
  readonly dueAt: Date;
  readonly holdReason?: HoldReason;
  readonly holdUntil?: Date;
  readonly zone: string;
  readonly content: FrozenContent;
  readonly platformHandle?: string;
}

/** One try in the journal. */
export interface AttemptRecord extends AttemptView {
  readonly id: string;
  readonly targetId: string;
  readonly version: number;
  readonly fence: string;
  readonly createdAt: Date;
}

/** A target's version that a wake-up is about. */
export interface TargetRef {
  readonly targetId: string;
  readonly version: number;
}

/** A ref that this worker has leased, with its journal row. */
export interface ArmedRef extends TargetRef {
  readonly attemptId: string;
  readonly fence: string;
}

/** What a worker holds of a target until its call starts: enough to fire it, without what it says. */
export type DueTarget = Pick<
  TargetRecord,
  'id' | 'workspaceId' | 'accountId' | 'platform' | 'version' | 'scheduledAt' | 'dueAt' | 'staleAt' | 'tries'
> & { readonly way: Way };

/** How a target goes out: what health is asked about. One object for all targets of an account. */
export interface Way {
  readonly workspaceId: string;
  readonly platform: PlatformName;
  readonly region: string;
  /** The account's id on the platform. */
  readonly externalId: string;
}

/** A target armed by this worker. */
export interface ArmedTarget extends ArmedRef {
  readonly target: DueTarget;
}
