import type { Tx } from '../../../kernel/transaction.js';
import type { Channel, ChannelKind, ChannelScope, ChannelWishes } from './channel.js';
import type { Destination } from './destination.js';
import type { QuietHours } from './quiet-hours.js';

/** Who looks: a workspace sees its own channels, an operator those of the instance too. */
export interface Viewer {
  readonly workspaceId: string;
  readonly isOperator: boolean;
}

/** A page of a list: how many, and behind which row. */
export interface ListPlace {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

export interface NewChannel extends ChannelWishes {
  readonly id: string;
  readonly workspaceId: string;
  readonly scope: ChannelScope;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly destination?: Destination;
  readonly webhookId?: string;
  readonly isVerified: boolean;
}

/** Left-out fields stay. */
export interface ChannelChange extends Partial<Omit<ChannelWishes, 'quietHours'>> {
  readonly name?: string;
  /** null: none any more. */
  readonly quietHours?: QuietHours | null;
  /** Another place; codes for the one before end. */
  readonly destination?: Destination;
  readonly webhookId?: string;
  readonly isVerified?: boolean;
  /** true also forgets earlier failures. */
  readonly enabled?: boolean;
}

/** Where channels are kept. */
export abstract class Channels {
  /** Locks the workspace's channels against others that are created. */
  abstract countUnderLock(workspaceId: string, tx: Tx): Promise<number>;
  abstract insert(channel: NewChannel, tx: Tx): Promise<Channel>;
  abstract list(viewer: Viewer, page: ListPlace): Promise<(Channel & { readonly at: string })[]>;
  /** In a transaction the row is locked. */
  abstract find(viewer: Viewer, id: string, tx?: Tx): Promise<Channel | undefined>;
  abstract change(channel: Channel, change: ChannelChange, tx: Tx): Promise<Channel>;
  abstract delete(channel: Channel, tx: Tx): Promise<void>;
  /** Where it leads; undefined for a webhook, or when the key that sealed it is gone. */
  abstract destinationOf(channel: Channel, tx?: Tx): Promise<Destination | undefined>;
}

/** A code that was sent last to an address. */
export interface SentCode {
  readonly id: string;
  readonly hash: Buffer;
  readonly tries: number;
}

/** The codes that prove addresses. They outlive their channel, so that deleting it does not make room for more. */
export abstract class Codes {
  /** How many were sent since then, to this address and by this workspace; others who send wait. */
  abstract countUnderLock(
    workspaceId: string,
    address: Buffer,
    withinMs: number,
    tx: Tx,
  ): Promise<{ readonly toAddress: number; readonly byWorkspace: number }>;
  abstract add(
    code: {
      readonly workspaceId: string;
      readonly channelId: string;
      readonly address: Buffer;
      readonly hash: Buffer;
      readonly lifeMs: number;
    },
    tx: Tx,
  ): Promise<void>;
  /** The newest of the channel, when it still works; counts as tried from now on. */
  abstract takeTry(workspaceId: string, channelId: string, maxTries: number): Promise<SentCode | undefined>;
  /** Ends every code of the channel. @returns false when there was none */
  abstract end(workspaceId: string, channelId: string, tx: Tx): Promise<boolean>;
}
