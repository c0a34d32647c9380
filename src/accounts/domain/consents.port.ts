import type { Tx } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { PendingConsent } from './consent.js';

/** Consents under way. */
export abstract class Consents {
  /** Keeps one until its state comes back. @returns when it expires */
  abstract keep(state: string, consent: PendingConsent, tx: Tx): Promise<Date>;
  /** Hands a consent out once; undefined when the state is unknown, used, expired or of another platform. */
  abstract take(state: string, platform: PlatformName): Promise<PendingConsent | undefined>;
  /** Forgets those nobody came back from. */
  abstract forgetExpired(): Promise<void>;
}
