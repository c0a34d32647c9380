/**
 * The official OAuth library, loaded when the first account that consented is used: it costs 30 MB of memory and half a
 * second, which installations without such accounts need not pay.
 */
export const oauthLibrary = () => import('@atproto/oauth-client-node');
