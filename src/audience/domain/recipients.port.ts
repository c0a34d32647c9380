import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Broadcast, RecipientCounts, RecipientState } from './broadcast.js';
import type { DeliveryVerdict } from './delivery.policy.js';
import type { TemplateSubscriber } from './template.port.js';

/** One row taken for sending; the fence proves that it is still ours. */
export interface Claim {
  readonly broadcastId: string;
  readonly workspaceId: WorkspaceId;
  readonly subscriberId: string;
  readonly fence: string;
  /** Tries before this one. */
  readonly tries: number;
  readonly messageId: string;
  readonly unsubscribeToken: string;
  readonly subscriber: TemplateSubscriber;
}

/** One row as lists show it. */
export interface RecipientRow {
  readonly subscriberId: string;
  readonly email: string | null;
  readonly state: RecipientState;
  readonly messageId: string;
  readonly tries: number;
  readonly intentAt: Date | null;
  readonly nextTryAt: Date | null;
  readonly server: string | null;
  readonly reply: string | null;
  readonly updatedAt: Date;
  readonly at: string;
}

export interface RecipientFilter {
  readonly state?: RecipientState;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** One ledger row per broadcast and person: what makes "at most once" true. */
export abstract class Recipients {
  /** Writes a row for everyone the broadcast is for: confirmed and not suppressed. @returns how many */
  abstract freeze(broadcast: Broadcast, tx: Tx): Promise<number>;
  /** How many a freeze would write now. */
  abstract countEligible(broadcast: Broadcast): Promise<number>;
  /** Rows of workers that are gone: handed over becomes `unknown`, only claimed goes back. */
  abstract reapGone(goneAfterMs: number): Promise<void>;
  /** Takes due rows of broadcasts being sent; suppressed ones are closed on the way. @returns also how many rows moved */
  abstract claim(
    workerId: string,
    limit: number,
  ): Promise<{ readonly claims: readonly Claim[]; readonly moved: number }>;
  /**
   * Commits the intent right before the message leaves, if the row is still ours, its person still wants it and the
   * broadcast still runs. @returns true when the message may be sent
   */
  abstract handOver(claim: Claim): Promise<boolean>;
  abstract record(claim: Claim, verdict: DeliveryVerdict): Promise<void>;
  /** Gives untried rows back. @param pauseMs before they are due again */
  abstract release(claims: readonly Claim[], pauseMs: number): Promise<void>;
  abstract counts(
    workspaceId: WorkspaceId,
    broadcastIds: readonly string[],
    tx?: Tx,
  ): Promise<Map<string, RecipientCounts>>;
  abstract list(
    workspaceId: WorkspaceId,
    broadcastId: string,
    filter: RecipientFilter,
  ): Promise<readonly RecipientRow[]>;
}
