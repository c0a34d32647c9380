import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
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

/** What became of a claimed row. */
export interface Outcome {
  readonly claim: Claim;
  readonly verdict: DeliveryVerdict;
}

/** Outcomes, and claims whose messages are about to leave. */
export interface LedgerEntries {
  readonly outcomes: readonly Outcome[];
  readonly handOvers: readonly Claim[];
}

/** An untried row that goes back. */
export interface Release {
  readonly claim: Claim;
  /** Milliseconds before it is due again. */
  readonly waitMs: number;
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
  /**
   * Writes a row for everyone the broadcast is for: confirmed, accepting its topic, not suppressed; due when their quiet
   * hours are over. @returns how many
   */
  abstract freeze(broadcast: Broadcast, tx: Tx): Promise<number>;
  /** How many a freeze would write now. */
  abstract countEligible(broadcast: Broadcast, tx?: Tx): Promise<number>;
  /** Some of them, the newest first. */
  abstract sample(broadcast: Broadcast, limit: number, tx?: Tx): Promise<readonly TemplateSubscriber[]>;
  /**
   * Rows of senders that are gone, and those `senderId` itself was left with by a run that failed: handed over becomes
   * `unknown`, only claimed goes back. Call it between two runs.
   */
  abstract reapGone(senderId: string): Promise<void>;
  /**
   * Takes due rows of broadcasts being sent, notices first, workspaces in turn; unwanted ones are closed on the way.
   * @returns also how many rows moved
   */
  abstract claim(
    senderId: string,
    limit: number,
  ): Promise<{ readonly claims: readonly Claim[]; readonly moved: number }>;
  /**
   * One commit for outcomes and intents. An intent is stored right before its message leaves, if the row is still ours,
   * its person still wants it and the broadcast still runs.
   * @returns the hand-overs whose messages may leave
   */
  abstract settle(entries: LedgerEntries): Promise<ReadonlySet<Claim>>;
  /** Accepted messages per receiving domain. */
  abstract acceptedBy(broadcastId: string): Promise<readonly { readonly domain: string; readonly accepted: number }[]>;
  abstract release(releases: readonly Release[]): Promise<void>;
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
