import ipaddr from 'ipaddr.js';

/** Hosts and networks that user-given addresses may point at although they are not public. */
export interface FetchPolicy {
  /** Host names, and CIDR blocks such as `127.0.0.1/32`. */
  readonly allow: readonly string[];
}

/** Ranges of ipaddr.js that the public internet does not route, or that lead elsewhere than they say. */
const isUnicast = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean => address.range() === 'unicast';

/** Whether an address may be connected to; an IPv4 address inside an IPv6 one is judged as what it is. */
export const mayConnect = (ip: string, policy: FetchPolicy): boolean => {
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return isUnicast(address) || policy.allow.some((entry) => isWithin(address, entry));
};

/** Whether a host name is exempt by name. */
export const isAllowedHost = (hostname: string, { allow }: FetchPolicy): boolean =>
  allow.includes(hostname.toLowerCase());

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, entry: string): boolean => {
  if (!ipaddr.isValidCIDR(entry)) return false;
  const [network, bits] = ipaddr.parseCIDR(entry);
  return network.kind() === address.kind() && address.match(network, bits);
};
