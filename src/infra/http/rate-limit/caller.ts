import { hash } from 'node:crypto';
import { isIP } from 'node:net';

/** What counts against whom. */
export interface CallerRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly address: string;
}

/** The policy that a request falls under and whose bucket it takes from; undefined: not limited. */
export type Caller = { readonly policy: 'key' | 'address' | 'public'; readonly id: string } | undefined;

/** Platforms call these, many at once, and repeat what is refused; each message is proved by its signature. */
const UNLIMITED = ['/v1/hooks/'];
/** Pages for people without a key, each with something that a stranger could try to guess or flood. */
const PUBLIC = ['/v1/public/', '/confirm/', '/join/', '/preferences/', '/handoff/', '/calendar/'];

/**
 * Who a request counts for. A key counts as it is presented, known or not: the database is not asked before the limit.
 * A key that has not proved good counts for its address too (see the middleware). One-click unsubscribe comes from the
 * few addresses of mail providers and is never refused.
 */
export const callerOf = ({ path, authorization, address }: CallerRequest): Caller => {
  if (UNLIMITED.some((start) => path.startsWith(start))) return undefined;
  if (PUBLIC.some((start) => path.startsWith(start))) return { policy: 'public', id: networkOf(address) };
  if (!path.startsWith('/v1/')) return undefined;
  // Hashed, so that no list of keys lies in memory.
  if (authorization) return { policy: 'key', id: hash('sha256', authorization, 'base64url') };
  return { policy: 'address', id: networkOf(address) };
};

/** An IPv6 client has at least a /64 to itself: its addresses count as one. So does everything that is no address. */
export const networkOf = (address: string): string => {
  if (isIP(address) === 0) return 'unknown';
  if (!address.includes(':') || address.startsWith('::ffff:')) return address.replace(/^::ffff:/, '');
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const filled =
    tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - after.length).fill('0'), ...after];
  return filled.slice(0, 4).join(':');
};
