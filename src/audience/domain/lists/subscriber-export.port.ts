import type { WorkspaceId } from '../../../kernel/ids.js';
import type { ConsentLine } from './consent-ledger.port.js';
import type { SubscriberStatus } from './subscriber.js';
import type { Attributes } from './attributes.js';
import type { Acceptance } from './channels.js';
import type { PhoneStatus } from './phone-consents.port.js';
import type { SegmentFilter } from './segment.js';

/** Everything the list knows of one person. */
export interface ExportedSubscriber {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly status: SubscriberStatus;
  readonly phoneStatus: PhoneStatus | null;
  readonly accepts: readonly Acceptance[];
  readonly language: string | null;
  readonly zone: string | null;
  readonly tags: readonly string[];
  readonly attributes: Attributes;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
}

/** A message this person got, or was to get. */
export interface ExportedMessage {
  readonly subject: string;
  readonly kind: string;
  readonly channel: string;
  readonly state: string;
  readonly at: Date;
}

export interface ExportFilter {
  readonly status?: SubscriberStatus | undefined;
  readonly tag?: string | undefined;
  readonly segment?: SegmentFilter | undefined;
}

/** The list as files, a page in memory at a time. Erased people are not in it: nothing of them is left. */
export abstract class SubscriberExport {
  abstract subscribers(workspaceId: WorkspaceId, filter: ExportFilter): AsyncIterable<readonly ExportedSubscriber[]>;
  abstract one(workspaceId: WorkspaceId, subscriberId: string): Promise<ExportedSubscriber | undefined>;
  /** By subscriber, oldest line first. */
  abstract histories(
    workspaceId: WorkspaceId,
    subscriberIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ConsentLine[]>>;
  /** The whole ledger, oldest line first; erased people are in it without visitor and address. */
  abstract ledger(workspaceId: WorkspaceId): AsyncIterable<readonly ConsentLine[]>;
  /** Newest first, at most 1,000. */
  abstract messages(workspaceId: WorkspaceId, subscriberId: string): Promise<readonly ExportedMessage[]>;
}
