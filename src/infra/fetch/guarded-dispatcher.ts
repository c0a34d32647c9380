import { lookup, type LookupAddress, type LookupAllOptions, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { DomainError } from '../../kernel/domain-error.js';
import { type FetchPolicy, isAllowedHost, mayConnect } from './public-address.js';

/** The address was refused before a byte was sent. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ERR_ADDRESS_REFUSED';
}

/** Asks for every address of a name. */
type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Connections to addresses that users or other people's documents name. Every address a name resolves to must be
 * public, and the checked address is the one that is dialled, so a name that changes its mind gains nothing.
 * Never follows redirects.
 */
export const createGuardedDispatcher = (
  policy: FetchPolicy,
  options: Agent.Options = {},
  resolve: Resolve = lookup,
): Dispatcher => {
  const agent = new Agent({ ...options, connect: { ...options.connect, lookup: guardedLookup(policy, resolve) } });
  // Node dials a literal address without asking `lookup`, so those are judged here.
  return agent.compose((dispatch) => (request, handler) => {
    const { hostname } = new URL(String(request.origin));
    const literal = hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !mayConnect(literal, policy)) throw refused(literal);
    return dispatch(request, handler);
  });
};

/**
 * A user-given URL, judged by its form: https (http only where the policy names the host), no credentials inside.
 * Where it leads is judged when it is dialled.
 * @throws DomainError `url.refused`
 */
export const assertPublicUrl = (text: string, policy: FetchPolicy): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw urlRefused('It is not a URL.');
  if (url.username !== '' || url.password !== '') throw urlRefused('It must not hold a user name or password.');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const isExempt =
    isAllowedHost(url.hostname, policy) || (isIP(literal) !== 0 && !isPublic(literal) && mayConnect(literal, policy));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isExempt))
    throw urlRefused('It must start with https://.');
  if (isIP(literal) !== 0 && !mayConnect(literal, policy)) throw urlRefused('It points into a private network.');
  return url;
};

const isPublic = (ip: string): boolean => mayConnect(ip, { allow: [] });

/** Node's `lookup` for hosts that users name: fails when any address of the name is not public. */
export const guardedLookup =
  (policy: FetchPolicy, resolve: Resolve = lookup): LookupFunction =>
  (hostname, options, callback) => {
    const settings: LookupOptions = typeof options === 'object' ? options : {};
    resolve(hostname, { ...settings, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const bad = isAllowedHost(hostname, policy)
        ? undefined
        : addresses.find(({ address }) => !mayConnect(address, policy));
      const [first] = addresses;
      if (bad || !first) return callback(refused(bad?.address ?? hostname), '', 0);
      if (settings.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };

const refused = (address: string) => new AddressRefused(`${address} is not a public address`);

const urlRefused = (why: string) =>
  new DomainError('unprocessable', 'url.refused', `This address cannot be used. ${why} Give a public https address.`);
