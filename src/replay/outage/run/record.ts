import type { HealthState } from '../../../health/domain/health-state.js';
import type { TraceAccount } from '../world/roster.js';

/** What health is shown for; `publish` stands for auth and upload too. */
export type ShownCapability = 'publish' | 'read' | 'counters';

/** A state a policy came to, and how much it lets through from then on. */
export interface StateChange {
  readonly platform: string;
  readonly region: string;
  readonly capability: ShownCapability;
  readonly state: HealthState;
  /** 0..1 of the due posts. */
  readonly admission: number;
  readonly atMs: number;
}

/** A run that was sent elsewhere. */
export interface RerouteMade {
  readonly origin: TraceAccount;
  readonly atMs: number;
  /** What is known of its last try there when it was sent elsewhere; ms since the platform accepted it. */
  readonly lastTry: 'none' | 'unknown' | 'throttled' | 'other' | { readonly processingMs: number };
}

/** What a policy did, as it is scored afterwards. */
export class RunRecord {
  readonly calls: { readonly account: TraceAccount; readonly atMs: number }[] = [];
  readonly states: StateChange[] = [];
  readonly reroutes: RerouteMade[] = [];
  /** `post|account` that was ever called failed or missed. */
  readonly givenUp = new Set<string>();
  unconfirmedAtEnd = 0;
  needsDecision = 0;

  gaveUp(post: number, accountId: string): void {
    this.givenUp.add(`${post}|${accountId}`);
  }
}
