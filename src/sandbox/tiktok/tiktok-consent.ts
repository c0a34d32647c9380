import type { Call, Reply } from '../http/call.js';
import { formBody } from '../http/call.js';
import { consentFault, consentPage } from '../instagram/consent-page.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { TikTokAccount, TikTokState } from './tiktok-state.js';
import { TIKTOK_SCOPES, type TikTokTokens } from './tiktok-tokens.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const MAX_URI_LENGTH = 512;

interface Asked {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly challenge: string | undefined;
}

/** TikTok's consent screen: choose an account, tick permissions, allow or deny (`platforms.md` 1.1). */
export class TikTokConsent {
  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
    private readonly tokens: TikTokTokens,
    private readonly addAccount: () => TikTokAccount,
  ) {}

  /** `GET /v2/auth/authorize/`: a wrong request is shown to the person, never sent back to the app. */
  show(call: Call): Reply {
    const asked = this.read(call.url.searchParams);
    if (typeof asked === 'string') return consentFault(asked);
    if (this.state.accounts.length === 0) this.addAccount();
    return consentPage({
      title: 'Sandbox wants to post to your TikTok account',
      action: '/v2/auth/authorize/',
      asked: Object.fromEntries(call.url.searchParams),
      who: { name: 'account', legend: 'Account', type: 'radio' },
      choices: this.state.accounts.map(({ externalId, handle }, index) => ({
        value: externalId,
        label: handle,
        isChosen: index === 0,
      })),
      scopes: asked.scopes,
    });
  }

  /** The form came back. */
  decide(call: Call): Reply {
    const form = new URLSearchParams(call.body.toString('utf8'));
    const asked = this.read(form);
    if (typeof asked === 'string') return consentFault(asked);
    const { decision, account: chosen } = formBody(call);
    if (decision !== 'allow')
      return back(asked, { error: 'access_denied', error_description: 'User denied the authorization' });
    const account = this.state.accounts.find(({ externalId, handle }) => externalId === chosen || handle === chosen);
    if (!account) return consentFault('Choose an account.');
    const scopes = asked.scopes.filter((scope) => form.getAll('granted').includes(scope));
    const { redirectUri, challenge } = asked;
    const code = this.tokens.issueCode({
      account,
      scopes,
      redirectUri,
      ...(challenge === undefined ? {} : { challenge }),
    });
    return back(asked, { code, scopes: scopes.join(',') });
  }

  private read(query: URLSearchParams): Asked | string {
    if (query.get('client_key') !== SANDBOX_APP.clientId) return 'client_key: no such app.';
    if (query.get('response_type') !== 'code') return 'response_type must be code.';
    const redirectUri = query.get('redirect_uri') ?? '';
    if (!isStatic(redirectUri)) return 'redirect_uri must be https, under 512 characters, without query or fragment.';
    const registered = this.world.settings.tiktokRedirectUris.split(',').filter(Boolean);
    if (registered.length > 0 && !registered.includes(redirectUri)) return 'redirect_uri is not registered.';
    const scopes = (query.get('scope') ?? '').split(',').filter(Boolean);
    if (scopes.length === 0 || scopes.some((scope) => !TIKTOK_SCOPES.some((known) => known === scope)))
      return 'scope must hold known scopes, separated by commas.';
    const challenge = query.get('code_challenge') ?? undefined;
    if (challenge !== undefined && (query.get('code_challenge_method') !== 'S256' || !/^[0-9a-f]{64}$/.test(challenge)))
      return 'code_challenge must be the hex SHA-256 of the verifier, with code_challenge_method S256.';
    return { redirectUri, scopes, state: query.get('state') ?? undefined, challenge };
  }
}

/** Plain http is taken for the own machine only, since tests have no certificate. */
const isStatic = (uri: string): boolean => {
  if (!URL.canParse(uri) || uri.length >= MAX_URI_LENGTH || /[?#]/.test(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
};

const back = ({ redirectUri, state }: Asked, answer: Readonly<Record<string, string>>): Reply => {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href } };
};
