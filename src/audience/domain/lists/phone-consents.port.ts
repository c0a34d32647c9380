import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';

/**
 * `pending`: wished for, not proved by the phone itself. `confirmed`: answered yes, or proof was declared. `stopped`:
 * said STOP. Null on the subscriber: a number nobody may write to.
 */
export const PHONE_STATUSES = ['pending', 'confirmed', 'stopped'] as const;
export type PhoneStatus = (typeof PHONE_STATUSES)[number];

/** A phone that waits to be asked by text message whether it wants to be on the list. */
export interface UnaskedPhone {
  readonly workspaceId: WorkspaceId;
  readonly subscriberId: string;
  /** E.164. */
  readonly phone: string;
  readonly language: string | null;
}

/** Someone on the list with this phone. */
export interface PhoneHolder {
  readonly workspaceId: WorkspaceId;
  readonly subscriberId: string;
  readonly status: PhoneStatus | null;
}

/** The phones of the list and what their holders said. */
export abstract class PhoneConsents {
  /**
   * Marks them asked in the same statement, so that each is asked once. Suppressed numbers are never asked.
   * @param workspaceIds those that can send text messages
   */
  abstract takeUnasked(workspaceIds: readonly WorkspaceId[], limit: number, tx: Tx): Promise<readonly UnaskedPhone[]>;
  /** Everyone with this number, locked: one phone may serve a family. */
  abstract lockHolders(workspaceId: WorkspaceId, phoneHmac: Buffer, tx: Tx): Promise<readonly PhoneHolder[]>;
  abstract setStatus(
    workspaceId: WorkspaceId,
    subscriberIds: readonly string[],
    status: PhoneStatus,
    tx: Tx,
  ): Promise<void>;
}
