/** `__Host-`: the browser takes it only with Secure, for this host alone and every path (RFC 6265bis, 4.1.3). */
const SECURE_NAME = '__Host-perennial';
const PLAIN_NAME = 'perennial';

/** How the session travels; `isSecure`: the outside reaches us by https. */
export const cookieName = (isSecure: boolean): string => (isSecure ? SECURE_NAME : PLAIN_NAME);

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

/** The header `Set-Cookie` that begins a session. @param maxAgeSeconds until it ends whatever happens */
export const sessionCookie = (token: string, maxAgeSeconds: number, isSecure: boolean): string =>
  `${cookieName(isSecure)}=${token}; ${ATTRIBUTES}; Max-Age=${maxAgeSeconds}${isSecure ? '; Secure' : ''}`;

/** The header that takes the cookie away. */
export const clearedCookie = (isSecure: boolean): string => sessionCookie('', 0, isSecure);

/** The session's token in a header `Cookie`; undefined when there is none. */
export const tokenIn = (header: string | undefined, isSecure: boolean): string | undefined => {
  const start = `${cookieName(isSecure)}=`;
  const found = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(start));
  return found === undefined || found === start ? undefined : found.slice(start.length);
};
