import type { SubscriberStatus } from './subscriber.js';
import type { PhoneStatus } from './phone-consents.port.js';
import { ACCEPTANCES, type Acceptance, type Channel, CHANNELS } from './channels.js';

/** What a person gets now. */
export interface PreferenceFacts {
  readonly status: SubscriberStatus;
  readonly phoneStatus: PhoneStatus | null;
  readonly accepts: readonly Acceptance[];
}

/** What changes when a person says what they want to get. */
export interface PreferenceChange {
  readonly accepts: readonly Acceptance[];
  /** Lines for the ledger, in a fixed order. */
  readonly lines: readonly { readonly purpose: Acceptance; readonly action: 'given' | 'withdrawn' }[];
  /** No topic is left by mail: they leave the list. */
  readonly leaves: boolean;
}

/** Channels by which this person can be reached, and so may choose topics of. */
export const channelsOf = ({ status, phoneStatus }: PreferenceFacts): Channel[] =>
  CHANNELS.filter((channel) => (channel === 'email' ? status === 'confirmed' : phoneStatus === 'confirmed'));

/**
 * What a choice of topics does. It speaks of channels the person has proved to be theirs; what they accept on others
 * stays. Pure; the same choice twice changes nothing the second time.
 */
export const changePreferences = (facts: PreferenceFacts, wish: readonly Acceptance[]): PreferenceChange => {
  const channels = channelsOf(facts);
  const isOpen = (one: Acceptance) => channels.some((channel) => one.startsWith(`${channel}:`));
  const accepts = ACCEPTANCES.filter((one) => (isOpen(one) ? wish.includes(one) : facts.accepts.includes(one)));
  const lines = ACCEPTANCES.filter((one) => accepts.includes(one) !== facts.accepts.includes(one)).map((purpose) => ({
    purpose,
    action: accepts.includes(purpose) ? ('given' as const) : ('withdrawn' as const),
  }));
  const leaves = channels.includes('email') && !accepts.some((one) => one.startsWith('email:'));
  return { accepts, lines, leaves };
};
