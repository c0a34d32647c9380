import type { Tx } from '../../../kernel/transaction.js';
import type { Subscriber } from './subscriber.js';
import type { Attributes } from './attributes.js';
import type { PhoneStatus } from './phone-consents.port.js';

/** Fields a workspace keeps of a person; left out stays, null empties. */
export interface ProfileChange {
  readonly language?: string | null | undefined;
  readonly zone?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly attributes: Attributes;
}

/** What is known of people besides their consent. */
export abstract class Profiles {
  abstract save(subscriber: Subscriber, change: ProfileChange, tx: Tx): Promise<void>;
  /**
   * A number with its consent; null takes it away. The same number keeps what its holder said already: `confirmed` and
   * `stopped` are theirs. A new number that is asked for is accepted for outages and news alike.
   */
  abstract savePhone(
    subscriber: Pick<Subscriber, 'workspaceId' | 'id'>,
    phone: { readonly number: string; readonly hmac: Buffer; readonly status: PhoneStatus | null } | null,
    tx: Tx,
  ): Promise<void>;
}
