import type { Tx } from '../../../kernel/transaction.js';
import { DAY_MS } from '../../../kernel/durations.js';
import type { MailProvider } from './mail-events.js';

/** How long a taken call is remembered: far longer than providers repeat one (Postmark 10.5 hours, Mailgun 8). */
export const REPLAY_KEEP_MS = 30 * DAY_MS;

/** Which calls of providers were taken. */
export abstract class MailHookLedger {
  /** @returns false when a call with this key was taken before: a replay */
  abstract take(provider: MailProvider, replayKey: string, tx: Tx): Promise<boolean>;
  /** Forgets what is older. @returns how many */
  abstract purge(keepMs: number): Promise<number>;
}
