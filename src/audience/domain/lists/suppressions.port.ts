import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { SuppressionReason } from './subscriber.js';
import type { Channel } from './channels.js';

/** An address that is not to be written to, by its keyed hash: the row outlives the address itself. */
export interface Suppression {
  readonly channel: Channel;
  /** `AddressKeys.hmacOf` of the normalised address or the E.164 number. */
  readonly addressHmac: Buffer;
  readonly reason: SuppressionReason;
  /** Where it came from, for a person: `import of 2026-11-21`, `550 5.1.1`. At most 500 characters; no address. */
  readonly note?: string | undefined;
}

/** Weakest first: a pause ends by itself, leaving and erasure by confirming anew, the rest by nobody or by an admin. */
export const REASONS_BY_STRENGTH: readonly SuppressionReason[] = [
  ...(['paused', 'unsubscribed', 'erased', 'bounced', 'manual', 'complained'] as const),
];

export interface StoredSuppression extends Suppression {
  readonly at: Date;
  /** The address, while someone of the list still has it. */
  readonly address: string | null;
}

export interface SuppressionFilter {
  readonly channel?: Channel | undefined;
  readonly reason?: SuppressionReason | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** A row of a page; `id` names its place in the order: uuid-shaped digits of the hash. */
export type ListedSuppression = StoredSuppression & { readonly cursorAt: string; readonly id: string };

/**
 * The addresses that get nothing, per channel. Asked when recipients are frozen, when a row is claimed and again when
 * the message is handed over. To suppress a person because of what came back or what they said, use
 * `SuppressAddresses`, which also moves the subscriber and writes the ledger.
 */
export abstract class Suppressions {
  /**
   * Adds addresses. A stronger reason replaces a weaker one, never the other way round (`REASONS_BY_STRENGTH`).
   * @returns how many are new or changed
   */
  abstract add(workspaceId: WorkspaceId, rows: readonly Suppression[], tx: Tx): Promise<number>;
  abstract has(workspaceId: WorkspaceId, channel: Channel, addressHmac: Buffer, tx?: Tx): Promise<boolean>;
  abstract find(
    workspaceId: WorkspaceId,
    which: Pick<Suppression, 'channel' | 'addressHmac'>,
    tx?: Tx,
  ): Promise<StoredSuppression | undefined>;
  /**
   * @param which with `reason`: only while it is that reason
   * @returns false when it was not there
   */
  abstract remove(
    workspaceId: WorkspaceId,
    which: Pick<Suppression, 'channel' | 'addressHmac'> & { readonly reason?: SuppressionReason },
    tx: Tx,
  ): Promise<boolean>;
  /** Newest first. */
  abstract list(workspaceId: WorkspaceId, filter: SuppressionFilter): Promise<readonly ListedSuppression[]>;
}
