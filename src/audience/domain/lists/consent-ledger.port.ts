import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { ChainedConsent, ConsentEntry, Visitor } from './consent.js';

/** A stored line with the visitor it came from, if that is still kept. */
export type ConsentLine = ChainedConsent & Visitor;

/** The append-only proof of who agreed to what. */
export abstract class ConsentLedger {
  /** Adds at most one line per subscriber, chained to their last; their rows must be locked by `tx`. */
  abstract append(workspaceId: WorkspaceId, entries: readonly (ConsentEntry & Visitor)[], tx: Tx): Promise<void>;
  /** A subscriber's lines, oldest first. */
  abstract history(workspaceId: WorkspaceId, subscriberId: string, tx?: Tx): Promise<readonly ConsentLine[]>;
  /** Drops addresses and browsers of visitors; the chain does not cover them. */
  abstract forgetVisitors(workspaceId: WorkspaceId, subscriberId: string, tx: Tx): Promise<void>;
}
