import type { WorkspaceId } from '../../../kernel/ids.js';
import type { MailDelivery } from './mailer.port.js';
import type { MailServer } from './mail-server.js';

/** A message as it leaves: whom it names as sender to the mail server, to whom it goes, and every byte of it. */
export interface OutgoingMessage {
  readonly from: string;
  readonly to: string;
  readonly raw: Uint8Array;
}

/** The servers mail leaves by. */
export abstract class MailServers {
  /** A workspace's own, or the instance's when it has none; those taken out of use are left out. */
  abstract of(workspaceId: WorkspaceId): Promise<readonly MailServer[]>;
  /** Hands one message over. Answers values, never sends again by itself, ends within 45 s. */
  abstract send(server: MailServer, message: OutgoingMessage): Promise<MailDelivery>;
  /**
   * Takes messages out of what a server may send today.
   * @param wanted at most so many
   * @returns how many were granted; Infinity for a server that is warm
   */
  abstract reserve(server: MailServer, wanted: number): Promise<number>;
  /** Gives back what was reserved and not used. */
  abstract giveBack(server: MailServer, unused: number): Promise<void>;
}
