import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { HandOverIntent, Newsletter, NewsletterHandOff, NewsletterInput, OpenNewsletter } from './newsletter.js';

/** Where each workspace's own newsletter program is, and what it was handed. */
export abstract class Newsletters {
  abstract of(workspaceId: WorkspaceId, tx?: Tx): Promise<Newsletter | undefined>;
  /** With its token. @throws Error when the key that sealed it is gone */
  abstract open(workspaceId: WorkspaceId): Promise<OpenNewsletter | undefined>;
  /** Locked until `tx` ends. */
  abstract lock(workspaceId: WorkspaceId, tx: Tx): Promise<Newsletter | undefined>;
  abstract save(workspaceId: WorkspaceId, input: NewsletterInput, tx: Tx): Promise<Newsletter>;
  /** @returns false when there was none */
  abstract remove(workspaceId: WorkspaceId, tx: Tx): Promise<boolean>;
  /**
   * Notes that a broadcast is about to be handed over, before the call. Of several at once one may call: `first` or
   * `again` is its to settle.
   */
  abstract intend(workspaceId: WorkspaceId, broadcastId: string): Promise<HandOverIntent>;
  abstract settle(workspaceId: WorkspaceId, broadcastId: string, outcome: NewsletterHandOff): Promise<void>;
}
