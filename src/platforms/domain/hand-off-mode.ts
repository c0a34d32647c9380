import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Credentials } from './publish-outcome.js';

/**
 * A person posts by hand. Every platform takes accounts of this kind: no API is called in their name, they are told
 * when something is due, and what they say is the truth (`platforms.md` section 5).
 */
const shape = z.object({
  mode: z.literal('handoff'),
  /** Who is told that something is due. */
  notifyEmail: z.email().max(254),
  /** Where the posts will be seen. */
  profileUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
});
export type HandOffCredentials = z.infer<typeof shape>;

/** How the external id of every hand-off account begins; no platform gives such ids. */
export const HAND_OFF_PREFIX = 'handoff:';

/** Whether somebody wants a hand-off, complete or not. */
export const asksForHandOff = (credentials: Credentials): boolean => credentials['mode'] === 'handoff';

/** undefined when something is missing or malformed. */
export const readHandOff = (credentials: Credentials): HandOffCredentials | undefined => {
  const read = shape.safeParse(credentials);
  return read.success ? read.data : undefined;
};

/**
 * The identity of a profile that is posted to by hand. No platform gives ids that begin like this, and it never equals
 * the identity of the same profile connected by API: nobody proved that they are one.
 */
export const handOffIdentityOf = ({ profileUrl, notifyEmail }: HandOffCredentials): string => {
  const profile = (profileUrl ?? notifyEmail).toLowerCase().replace(/\/+$/, '');
  return `${HAND_OFF_PREFIX}${createHash('sha256').update(profile).digest('hex').slice(0, 32)}`;
};

/** Whether an account with this external id is posted to by hand. */
export const isHandOffIdentity = (externalId: string): boolean => externalId.startsWith(HAND_OFF_PREFIX);

/** The profile's last path part, else what stands before the @ of the address. */
export const handOffNameOf = ({ profileUrl, notifyEmail }: HandOffCredentials): string => {
  const part = profileUrl === undefined ? undefined : new URL(profileUrl).pathname.split('/').findLast(Boolean);
  return part === undefined ? (notifyEmail.split('@')[0] ?? notifyEmail) : decodeURIComponent(part);
};
