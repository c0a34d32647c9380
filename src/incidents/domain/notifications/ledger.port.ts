import type { Tx } from '../../../kernel/transaction.js';
import type { Severity } from './change.js';
import type { Channel, ChannelKind, ChannelWishes } from './channel.js';
import type { ListPlace } from './channels.port.js';
import type { Destination } from './destination.js';
import type { Gathered } from './gather.js';
import type { Addressed, Knowledge, ToldChange } from './listener.js';
import type { Message } from './message.js';
import type { SendResult, SendVerdict } from './send.policy.js';

/**
 * - `gathering`: more of its family may join; `quiet`: kept for the digest; `waiting`: to be sent
 * - `sending`: the intent is written, the send runs; `delivered`, `failed`, `unknown`: how it ended
 * - `digested`: told in a digest
 */
export const NOTIFICATION_STATES = [
  'gathering',
  'quiet',
  'waiting',
  'sending',
  'delivered',
  'failed',
  'unknown',
  'digested',
] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** One message to one channel, as the log shows it. */
export interface Notification {
  readonly id: string;
  readonly channelId: string;
  readonly family: string;
  readonly severity: Severity;
  readonly state: NotificationState;
  readonly count: number;
  readonly subject: string | null;
  readonly text: string | null;
  readonly tries: number;
  readonly nextAt: Date;
  readonly intentAt: Date | null;
  readonly endedAt: Date | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly durationMs: number | null;
  readonly digestId: string | null;
  readonly createdAt: Date;
}

/** A message that has gathered, or waits for its digest, under lock. */
export interface KeptMessage {
  readonly id: string;
  readonly channelId: string;
  readonly workspaceId: string;
  readonly gathered: Gathered;
  readonly wishes: Pick<ChannelWishes, 'quietHours' | 'urgentKinds'>;
  /** In which times are told. */
  readonly zone: string;
}

/** A send that this process alone may make: its intent is committed. */
export interface Sending {
  readonly id: string;
  readonly channelId: string;
  readonly workspaceId: string;
  readonly kind: ChannelKind;
  readonly channelName: string;
  readonly family: string;
  readonly severity: Severity;
  readonly message: Message;
  readonly count: number;
  /** This one included; also the fence. */
  readonly tries: number;
  readonly unknowns: number;
  /** When the intent was written. */
  readonly intentAt: Date;
  /** Of the newest change in it. */
  readonly lastAt: Date;
  readonly webhookId: string | null;
  /** undefined: a webhook, or it cannot be opened. */
  readonly destination: Destination | undefined;
}

/** Writes changes down for those who want to hear them; one process at a time, by the cursor's lock. */
export abstract class Gathering {
  /** Passes over all events while nobody listens. @returns false when somebody does */
  abstract skipWithoutChannels(consumer: string): Promise<boolean>;
  /** Locks the messages that still gather. */
  abstract knowledgeOf(told: readonly ToldChange[], tx: Tx): Promise<Knowledge>;
  /** @param closesInMs how long a new message gathers, by family */
  abstract store(addressed: Addressed, closesInMs: Readonly<Record<string, number>>, tx: Tx): Promise<void>;
}

/** The ledger: what was gathered, kept, tried and told; any number of processes may use it at once. */
export abstract class Ledger {
  abstract takeGathered(limit: number, tx: Tx): Promise<readonly KeptMessage[]>;
  /** Everything that channels kept whose quiet is over, channel by channel. */
  abstract takeQuiet(limit: number, tx: Tx): Promise<readonly KeptMessage[]>;
  abstract send(ready: readonly { readonly id: string; readonly message: Message }[], tx: Tx): Promise<void>;
  abstract keep(kept: readonly { readonly id: string; readonly until: Date }[], tx: Tx): Promise<void>;
  abstract addDigest(
    kept: readonly KeptMessage[],
    digest: { readonly message: Message; readonly severity: Severity; readonly count: number },
    tx: Tx,
  ): Promise<void>;

  /** Writes intents: of every channel that nothing is sent to, by us or others, its oldest due message. */
  abstract claim(limit: number, busyChannels: readonly string[]): Promise<readonly Sending[]>;
  /** Sends whose process is gone: nobody knows how they ended. */
  abstract takeAbandoned(limit: number, tx: Tx): Promise<readonly Sending[]>;
  /** @returns false when the row was no longer ours */
  abstract settle(
    sending: Sending,
    end: { readonly result: SendResult; readonly verdict: SendVerdict; readonly durationMs: number },
    tx: Tx,
  ): Promise<boolean>;
  /** Switches a channel off whose other side is gone. @returns false when it was off already */
  abstract disable(sending: Sending, tx: Tx): Promise<boolean>;
  /** Nothing that waits for this channel is sent any more. */
  abstract dropWaiting(
    channel: { readonly id: string; readonly workspaceId: string },
    why: string,
    tx: Tx,
  ): Promise<void>;
  /** When its quiet hours changed: what is kept goes by the new ones. */
  abstract keepUntil(channel: Channel, until: Date, tx: Tx): Promise<void>;

  /** Writes the intent of a test that is sent at once; undefined when one was made within `spacingMs`. */
  abstract beginTest(channel: Channel, message: Message, spacingMs: number, tx: Tx): Promise<Sending | undefined>;
  abstract list(
    channel: Channel,
    page: ListPlace,
    state?: NotificationState,
  ): Promise<(Notification & { readonly at: string })[]>;
  /** Forgets messages, incidents and codes that are older. */
  abstract purge(keepMs: number, limit: number): Promise<number>;
}
