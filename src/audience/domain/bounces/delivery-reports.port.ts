import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { DeliveryClass } from './delivery-class.js';
import type { SoftBounces } from './soft-bounces.js';

/** By which way a report reached us; `smtp` is the answer to our own try, the others came later. */
export const REPORT_SOURCES = ['smtp', 'mail', 'ses', 'sendgrid', 'postmark', 'mailgun'] as const;
export type ReportSource = (typeof REPORT_SOURCES)[number];

export const REPORT_KINDS = ['bounce', 'complaint'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** What somebody told us of one mail to one person. */
export interface NewDeliveryReport {
  readonly workspaceId: WorkspaceId;
  readonly broadcastId: string;
  readonly subscriberId: string;
  readonly kind: ReportKind;
  /** null for a complaint. */
  readonly deliveryClass: DeliveryClass | null;
  /** True when the mail will not arrive; false for warnings of delay and for answers of machines. */
  readonly isFinal: boolean;
  readonly source: ReportSource;
  /** The receiving domain in ASCII, lower case. */
  readonly domain: string;
  /** The words it was judged by; at most 500 characters, no control characters. */
  readonly evidence: string;
  /** The same for the same report however often it is told: two are stored once. At most 200 characters. */
  readonly reportKey: string;
}

export interface DeliveryReport extends NewDeliveryReport {
  readonly id: string;
  readonly at: Date;
}

/** What came back from one receiving domain for one broadcast; persons, not reports. */
export interface DomainTally {
  readonly domain: string;
  /** Persons with a hard bounce. */
  readonly hard: number;
  readonly complaints: number;
  /** Persons whose mail was refused because of us: policy and content. */
  readonly refused: number;
}

/** Whose reports are listed. */
export type ReportOwner = { readonly broadcastId: string } | { readonly subscriberId: string };

export interface ReportFilter {
  readonly kind?: ReportKind | undefined;
  readonly deliveryClass?: DeliveryClass | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** The ledger of what came back. */
export abstract class DeliveryReports {
  /** For the guards that warn and stop a broadcast (`resilience.md` D2.8): one row per domain that said anything. */
  abstract tally(broadcastId: string): Promise<readonly DomainTally[]>;
  /** Stores what is new, of mails that are in the ledger. @returns the reports that were not known yet */
  abstract add(reports: readonly NewDeliveryReport[], tx: Tx): Promise<readonly NewDeliveryReport[]>;
  /** Newest first; `position` is `at` with microseconds. */
  abstract list(
    workspaceId: WorkspaceId,
    owner: ReportOwner,
    filter: ReportFilter,
  ): Promise<readonly (DeliveryReport & { readonly position: string })[]>;
  /** Final soft bounces of persons within the last `sinceMs`; a broadcast's repetitions count once. */
  abstract softBounces(
    workspaceId: WorkspaceId,
    subscriberIds: readonly string[],
    sinceMs: number,
    tx: Tx,
  ): Promise<ReadonlyMap<string, SoftBounces>>;
}
