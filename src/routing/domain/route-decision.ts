import type { AccountId } from '../../kernel/ids.js';

/** Why a decision fell as it did: a stable code for programs, a sentence for people. */
export interface Reason {
  readonly code: string;
  readonly text: string;
}

/** Why a target waits, as far as routing knows. */
export type RouteHoldReason = 'platform' | 'account' | 'quota' | 'paused' | 'panic';

/** What the target does now. `broadcast`: ask for the backup list, then decide again. */
export type RouteAction =
  | { readonly kind: 'publish' }
  | { readonly kind: 'hold'; readonly reason: RouteHoldReason; readonly until: Date }
  | { readonly kind: 'reroute'; readonly accountId: AccountId }
  | { readonly kind: 'miss' }
  | { readonly kind: 'broadcast' };

/** One action and every reason for it, the deciding one first; never without a reason. */
export type RouteDecision = RouteAction & { readonly reasons: readonly Reason[] };
