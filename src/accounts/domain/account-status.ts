import type { EventTypeOf } from '../../kernel/event-catalogue.js';

/**
 * - `active`: may publish
 * - `paused`: by a person; credentials are kept and kept fresh
 * - `needs_reconnect`: the platform no longer accepts the credentials; only connecting again helps
 * - `disconnected`: credentials erased; the row stays, so that the same identity finds its history again
 */
export const ACCOUNT_STATUSES = ['active', 'needs_reconnect', 'paused', 'disconnected'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** What can happen to an account; `lose`: the platform withdrew its trust. */
export const ACCOUNT_CHANGES = ['connect', 'pause', 'resume', 'lose', 'disconnect'] as const;
export type AccountChange = (typeof ACCOUNT_CHANGES)[number];

interface Rule {
  readonly from: readonly AccountStatus[];
  readonly to: AccountStatus;
  /** The event that tells others. */
  readonly event: EventTypeOf<'account'>;
}

const RULES: Readonly<Record<AccountChange, Rule>> = {
  connect: { from: ACCOUNT_STATUSES, to: 'active', event: 'account.connected' },
  pause: { from: ['active'], to: 'paused', event: 'account.paused' },
  resume: { from: ['paused'], to: 'active', event: 'account.resumed' },
  lose: { from: ['active', 'paused'], to: 'needs_reconnect', event: 'account.needs_reconnect' },
  disconnect: { from: ['active', 'paused', 'needs_reconnect'], to: 'disconnected', event: 'account.disconnected' },
};

/** The status after `change`; undefined when the table does not allow it. */
export const statusAfter = (from: AccountStatus, change: AccountChange): AccountStatus | undefined =>
  RULES[change].from.includes(from) ? RULES[change].to : undefined;

/** The type of the event a change emits. */
export const eventTypeOf = (change: AccountChange): EventTypeOf<'account'> => RULES[change].event;
