import type { AccessMail, MailDue } from './access-mail.js';

/** Links that wait to be mailed. */
export abstract class AccessMails {
  /**
   * Takes due mails, so that no other process writes them for a minute. A wish for a new password of an address that
   * nobody has is done with, without a mail.
   */
  abstract claim(limit: number): Promise<readonly MailDue[]>;
  /** Before the mail leaves: from now on this link works, and no older one. @returns false when it ended meanwhile */
  abstract arm(mail: MailDue, tokenHash: Buffer): Promise<boolean>;
  abstract told(mail: MailDue): Promise<void>;
  /** @param retryInMs undefined: never */
  abstract notTold(mail: MailDue, retryInMs: number | undefined): Promise<void>;
  /** Forgets invitations and wishes that ended long ago, and counters that are over. */
  abstract purge(): Promise<number>;
}

/** What became of a mail; `unknown`: it may have been taken. */
export type AccessMailOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly lasting: 'temporary' | 'permanent'; readonly reply: string }
  | { readonly kind: 'unknown' };

/** Sends one mail; never again by itself. */
export abstract class AccessMailer {
  abstract readonly isConfigured: boolean;
  abstract send(mail: AccessMail): Promise<AccessMailOutcome>;
}
