import type { Call, Reply } from '../http/call.js';
import { formBody } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { consentPage, refusalPage } from './youtube-consent-page.js';
import { SCOPE_WORDS } from './youtube-scopes.js';
import type { ConsentCode, YouTubeAccount, YouTubeState } from './youtube-state.js';

const CODE_LIFE_MS = 10 * 60_000;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** What the app asked for, as far as it is in order. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly challenge: ConsentCode['challenge'];
  readonly isOffline: boolean;
  readonly isForced: boolean;
}

/** Google's consent screen: choose an account, tick scopes, allow or deny (`platforms.md` 3.1). */
export class YouTubeConsent {
  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
    private readonly addAccount: () => YouTubeAccount,
  ) {}

  /** `GET /o/oauth2/v2/auth`: the page; the wrong request is shown to the person, never sent back to the app. */
  show(call: Call): Reply {
    const request = readRequest(call.url.searchParams);
    if (typeof request === 'string') return refusalPage(request);
    if (this.state.accounts.length === 0) this.addAccount();
    return consentPage(call.url.search, this.state.accounts, request.scopes);
  }

  /** The form came back. */
  decide(call: Call): Reply {
    const request = readRequest(call.url.searchParams);
    if (typeof request === 'string') return refusalPage(request);
    const form = formBody(call);
    if (form['decision'] !== 'allow') return back(request, { error: 'access_denied' });
    const account =
      form['account'] === 'new'
        ? this.addAccount()
        : this.state.accounts.find(({ externalId }) => externalId === form['account']);
    if (!account) return refusalPage('invalid_request: choose an account');
    const ticked = new URLSearchParams(call.body.toString('utf8')).getAll('scope');
    const scopes = request.scopes.filter((scope) => ticked.includes(scope));
    return back(request, { code: this.codeFor(account, scopes, request), scope: scopes.join(' '), prompt: 'consent' });
  }

  private codeFor(account: YouTubeAccount, scopes: readonly string[], request: ConsentRequest): string {
    const code = `4/${this.world.ids.word(40)}`;
    const isFirst = !this.state.consented.has(account.externalId);
    this.state.consented.add(account.externalId);
    this.state.codes.set(code, {
      account,
      scopes,
      redirectUri: request.redirectUri,
      ...(request.challenge ? { challenge: request.challenge } : {}),
      isOffline: request.isOffline && (isFirst || request.isForced),
      expiresMs: this.world.clock.nowMs() + CODE_LIFE_MS,
    });
    return code;
  }
}

const back = ({ redirectUri, state }: ConsentRequest, answer: Readonly<Record<string, string>>): Reply => {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href } };
};

/** @returns the request, or what Google's error page says about it */
const readRequest = (query: URLSearchParams): ConsentRequest | string => {
  if (query.get('client_id') !== SANDBOX_APP.clientId) return 'invalid_client: The OAuth client was not found.';
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!isRegistered(redirectUri)) return 'redirect_uri_mismatch';
  if (query.get('response_type') !== 'code') return 'invalid_request: response_type must be code';
  const scopes = (query.get('scope') ?? '').split(' ').filter(Boolean);
  const unknown = scopes.filter((scope) => !SCOPE_WORDS.has(scope));
  if (scopes.length === 0) return 'invalid_request: Missing required parameter: scope';
  if (unknown.length > 0) return `invalid_scope: Some requested scopes were invalid. {invalid=[${unknown.join(', ')}]}`;
  const method = query.get('code_challenge_method') ?? 'plain';
  const value = query.get('code_challenge');
  if (method !== 'S256' && method !== 'plain') return 'invalid_request: code_challenge_method must be S256 or plain';
  if (value !== null && !/^[\w.~-]{43,128}$/.test(value)) return 'invalid_request: Invalid code_challenge';
  return {
    redirectUri,
    scopes,
    state: query.get('state') ?? undefined,
    challenge: value === null ? undefined : { method, value },
    isOffline: query.get('access_type') === 'offline',
    isForced: (query.get('prompt') ?? '').split(' ').includes('consent'),
  };
};

/** Google takes plain http for the own machine only. */
const isRegistered = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, hash } = new URL(uri);
  return hash === '' && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname)));
};
