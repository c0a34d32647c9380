import type { Tx } from '../../../kernel/transaction.js';

/** Wishes for a new password. */
export abstract class PasswordResets {
  /** Known address or not: the same row, so that the answer tells nothing and takes the same time. */
  abstract ask(email: string, forMs: number): Promise<void>;
  /** @returns whose password it opens; the link still works */
  abstract byToken(tokenHash: Buffer): Promise<{ readonly personId: string; readonly email: string } | undefined>;
  /** Uses the link up, and every other of the person. @returns false when somebody else did, or it has ended meanwhile */
  abstract claim(tokenHash: Buffer, tx: Tx): Promise<boolean>;
}
