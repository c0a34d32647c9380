import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { BroadcastContent, BroadcastKind } from '../sending/broadcast.js';

/** An outage as a notice is drafted for it. */
export interface NoticeDraft {
  readonly incidentId: string;
  readonly platform: string;
  readonly region: string;
  readonly content: BroadcastContent;
}

/**
 * Why a notice that is due does not go by itself:
 * - `no_route`: no route of an affected account has `broadcastAfterSeconds`
 * - `approval`: the workspace wants a person to send it, or a person sent the blackout it ends
 * - `daily_cap`: as many as the policy allows have gone by themselves within 24 hours
 */
export type WaitsFor = 'no_route' | 'approval' | 'daily_cap';

/** A draft whose time has come. */
export interface DueNotice {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly kind: BroadcastKind;
  readonly incidentId: string;
  /** As it was when it was found due. */
  readonly version: number;
  /** null: it goes now. */
  readonly waitsFor: WaitsFor | null;
}

/** Notices that outages cause; one per workspace, incident and kind. */
export abstract class Notices {
  /**
   * For every workspace with an active account there and someone to tell. A workspace that has told, or is about to
   * tell, of another region of the platform that is down, or was within `mergeMs`, tells nothing more.
   * @returns how many were drafted
   */
  abstract draftBlackouts(draft: NoticeDraft, mergeMs: number, tx: Tx): Promise<number>;
  /**
   * For every workspace whose blackout notice reached someone and whose regions of the platform are all well again.
   * @returns how many were drafted
   */
  abstract draftAllClears(draft: NoticeDraft, tx: Tx): Promise<number>;
  /** Blackout drafts of open incidents that are due by route and policy. @param scale divides their intervals */
  abstract dueBlackouts(scale: number): Promise<readonly DueNotice[]>;
  /** All-clear drafts of incidents closed for `settleMs`, once their blackout has ended. */
  abstract dueAllClears(settleMs: number): Promise<readonly DueNotice[]>;
  /** Locks it until `tx` ends. @returns false when somebody changed it meanwhile, or its outage ended or came back */
  abstract lockDue(notice: DueNotice, tx: Tx): Promise<boolean>;
  /** Notes that a person is waited for. @returns false when that is known */
  abstract markWaiting(notice: Pick<DueNotice, 'workspaceId' | 'id'>, reason: string, tx: Tx): Promise<boolean>;
  /** Closes what a blackout notice has not sent when its outage ended. @returns rows closed */
  abstract withdrawLate(): Promise<number>;
}
