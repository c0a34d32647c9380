import type { WorkspaceId } from '../../../kernel/ids.js';
import type { ReturnPathOwner } from './return-path.js';

/** One mail of ours and whom it went to. */
export interface MailOwner extends ReturnPathOwner {
  readonly workspaceId: WorkspaceId;
  readonly addressHmac: Buffer;
  /** The receiving domain; empty once the person was erased. */
  readonly domain: string;
}

/** By what a mail can be found: its return path, or the Message-ID that holds half of its address' hash. */
export type MailTrace = ReturnPathOwner | { readonly messageId: string };

/** Which mail somebody speaks of. */
export abstract class MailOwners {
  /** One answer per trace, in order; undefined where no such mail was ever made. */
  abstract find(traces: readonly MailTrace[]): Promise<readonly (MailOwner | undefined)[]>;
}
