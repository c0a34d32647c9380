import ipaddr from 'ipaddr.js';

/** Hosts and networks that user-given addresses may point at although they are not public. */
export interface FetchPolicy {
  /** Host names, and CIDR blocks such as `127.0.0.1/32`. */
  readonly allow: readonly string[];
}

/** All that IANA has given out of IPv6 for unicast; what looks public outside of it is an IPv4 address in disguise. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');
/** Azure's machine service: a public address that every machine there reaches inside. */
const SERVED_INSIDE = '168.63.129.16';

/** No range of ipaddr.js that the public internet does not route, or that leads elsewhere than it says. */
const isUnicast = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean => {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv6' ? address.match(GLOBAL_IPV6) : address.toString() !== SERVED_INSIDE;
};

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
