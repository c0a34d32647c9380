/** What a browser says about where a request comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly secFetchSite: string | undefined;
  readonly origin: string | undefined;
  /** The header `Host`, which a foreign page cannot choose. */
  readonly host: string | undefined;
}

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** `unknown`: the client says nothing of it, as programs do that are no browsers. */
export type OriginVerdict = 'same' | 'foreign' | 'unknown';

/**
 * Where a request comes from (OWASP, Cross-Site Request Forgery Prevention: Fetch Metadata first, then Origin).
 * @param ours the address under which the outside reaches us, for proxies that change `Host`
 */
export const originOf = ({ secFetchSite, origin, host }: RequestOrigin, ours: string): OriginVerdict => {
  // "none": typed by a person, which no page can cause; "same-site" may be a neighbour on another subdomain.
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin' || secFetchSite === 'none' ? 'same' : 'foreign';
  if (origin === undefined) return 'unknown';
  const parsed = URL.canParse(origin) ? new URL(origin) : undefined;
  if (!parsed) return 'foreign';
  return parsed.origin === new URL(ours).origin || parsed.host === host ? 'same' : 'foreign';
};

/** Whether a request that a browser signs by its cookie may act: reading always, changing only from our own pages. */
export const mayActByCookie = (request: RequestOrigin, ours: string): boolean =>
  SAFE.includes(request.method) || originOf(request, ours) === 'same';
