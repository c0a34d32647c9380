import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { RecipientCounts, RecipientState } from '../sending/broadcast.js';
import type { SmsReceiptState } from './sms-receipt.js';

/** `broadcast`: to the list. `confirm`: asks a phone whether it wants to be on it. */
export type SmsKind = 'broadcast' | 'confirm';

/** A text as it is written down before anything leaves. */
export interface NewSms {
  readonly workspaceId: WorkspaceId;
  readonly subscriberId: string;
  readonly broadcastId: string | null;
  readonly kind: SmsKind;
  readonly phoneHmac: Buffer;
  readonly country: string;
  readonly body: string;
  readonly segments: number;
  readonly costMicros: number;
  /** Closed from the start, with the reason: it is counted, and not sent. */
  readonly leftOut?: string;
}

/** One row taken for sending; the fence proves that it is still ours. */
export interface SmsClaim {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly subscriberId: string;
  readonly broadcastId: string | null;
  readonly fence: string;
  readonly tries: number;
  readonly phone: string;
  readonly country: string;
  /** Of the person; null: not known. */
  readonly zone: string | null;
  readonly body: string;
  readonly costMicros: number;
}

/** What is written after a try. */
export interface SmsVerdict {
  readonly state: 'accepted' | 'deferred' | 'failed' | 'unknown';
  readonly reply: string;
  readonly providerId?: string;
  readonly nextTryAfterMs?: number;
}

export type HandOver = 'handed' | 'not_ours' | 'over_day_cap';

/** A row as lists show it. */
export interface SmsRow {
  readonly id: string;
  readonly subscriberId: string;
  readonly phone: string | null;
  readonly country: string;
  readonly state: RecipientState;
  readonly segments: number;
  readonly costMicros: number;
  readonly tries: number;
  readonly reply: string | null;
  readonly receipt: SmsReceiptState | null;
  readonly receiptCode: string | null;
  readonly updatedAt: Date;
  readonly at: string;
}

export interface SmsFilter {
  readonly state?: RecipientState;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** One row per text: at most once, as the ledger of mails is. */
export abstract class SmsLedger {
  /** A number that has a row of the broadcast already gets no second one. @returns rows written that will be sent */
  abstract insert(rows: readonly NewSms[], tx: Tx): Promise<number>;
  /** Rows of workers that are gone: handed over becomes `unknown`, only claimed goes back. */
  abstract reapGone(goneAfterMs: number): Promise<void>;
  /** Takes due rows; those whose person left or whose broadcast ended are closed on the way. */
  abstract claim(workerId: string, limit: number): Promise<{ claims: readonly SmsClaim[]; moved: number }>;
  /**
   * Commits the intent and the spending right before the text leaves, if the row is still ours, its person still wants
   * it, the broadcast runs and the day's cap is not reached.
   */
  abstract handOver(claim: SmsClaim, maxPerDayMicros: number): Promise<HandOver>;
  /** @param refund what was spent on it comes back: it was certainly not sent */
  abstract record(claim: SmsClaim, verdict: SmsVerdict, refund: boolean): Promise<void>;
  /** Gives an untried row back until then. */
  abstract release(claims: readonly SmsClaim[], until: Date): Promise<void>;
  /**
   * What the provider says later. It proves that a text of unknown fate was taken.
   * @returns the row it changed; undefined for no such row, another provider id, or nothing new
   */
  abstract applyReceipt(
    id: string,
    receipt: { readonly providerId: string; readonly state: SmsReceiptState; readonly code: string | undefined },
    tx: Tx,
  ): Promise<{ readonly workspaceId: WorkspaceId; readonly phoneHmac: Buffer } | undefined>;
  abstract counts(workspaceId: WorkspaceId, broadcastId: string, tx?: Tx): Promise<RecipientCounts>;
  abstract spentToday(workspaceId: WorkspaceId): Promise<number>;
  abstract list(workspaceId: WorkspaceId, broadcastId: string, filter: SmsFilter): Promise<readonly SmsRow[]>;
  /** Whether this message came in before: its signature has no time in it, so its id tells a copy. */
  abstract wasHeard(messageId: string): Promise<boolean>;
  abstract noteHeard(messageId: string, workspaceId: WorkspaceId, keyword: string | null): Promise<void>;
}
