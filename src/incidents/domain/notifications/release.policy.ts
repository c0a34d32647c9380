import type { NotificationKind } from './change.js';
import type { ChannelWishes } from './channel.js';
import { quietUntil } from './quiet-hours.js';

/** A message has gathered: it leaves now, or waits for the digest at the end of quiet hours. */
export type Release = { readonly kind: 'send' } | { readonly kind: 'keep'; readonly until: Date };

/** One urgent kind in a message takes the whole of it through. */
export const releaseOf = (
  kinds: readonly NotificationKind[],
  { quietHours, urgentKinds }: Pick<ChannelWishes, 'quietHours' | 'urgentKinds'>,
  now: Date,
): Release => {
  const until = quietHours && !kinds.some((kind) => urgentKinds.includes(kind)) && quietUntil(quietHours, now);
  return until ? { kind: 'keep', until } : { kind: 'send' };
};
