import type { Tx } from '../../../kernel/transaction.js';
import type { ApprovalMail, ApprovalMailDue } from './approval-mail.js';
import type { ApprovalNews } from './approval-news.js';

/** Mails about approvals: gathered, due, sent. */
export abstract class ApprovalMails {
  /**
   * Notes news for those whom they concern: whoever may approve learns of what waits, whoever asked last of what became
   * of it; nobody of what they did themselves. What happens within `gatherMs` goes into one mail.
   */
  abstract gather(news: readonly ApprovalNews[], gatherMs: number, tx: Tx): Promise<void>;
  /** Takes due mails; nobody else sends them. What was taken a minute ago and never ended counts as sent. */
  abstract claim(limit: number): Promise<readonly ApprovalMailDue[]>;
  abstract end(
    id: string,
    end: { readonly state: 'sent' | 'failed' | 'unknown'; readonly reply: string },
  ): Promise<void>;
  abstract again(id: string, inMs: number, reply: string): Promise<void>;
  /** Forgets what ended longer ago. @returns how many */
  abstract purge(keepMs: number): Promise<number>;
}

/** What became of a mail; `unknown`: it may have been taken. */
export type ApprovalMailOutcome =
  | { readonly kind: 'accepted'; readonly reply: string }
  | { readonly kind: 'refused'; readonly lasting: 'temporary' | 'permanent'; readonly reply: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/** Sends one mail; never again by itself. */
export abstract class ApprovalMailer {
  /** False: there is no mail server, and nobody is told. */
  abstract readonly isConfigured: boolean;
  abstract send(mail: ApprovalMail): Promise<ApprovalMailOutcome>;
}
