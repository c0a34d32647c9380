import type { PlannedPost } from '../world/workload.js';
import type { Stage } from './stage.js';

/** A way to get posts out, played against a trace. */
export interface Publisher {
  /** Before the first event: plans whatever it does by itself. */
  start(): void;
  /** Posts that are due at this instant. */
  due(posts: readonly PlannedPost[]): void;
  /** Nothing more happens by itself. */
  isSettled(): boolean;
  /** Writes what is left open into the record. */
  end(): void;
}

export type PolicyMaker = (stage: Stage) => Publisher;

export const POLICY_NAMES = ['perennial', 'oracle', 'postiz', 'shoutrrr', 'gatus', 'breaker'] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];
