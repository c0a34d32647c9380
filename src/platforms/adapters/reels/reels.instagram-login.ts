import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { AuthorizeOutcome, ExchangeOutcome, OAuthCallback, OAuthRequest } from '../../domain/oauth.port.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { ConnectedIdentity, ConnectOutcome, Credentials } from '../../domain/publish-outcome.js';
import { onRead } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import * as answers from './reels.answers.js';
import type { ReelsConfig } from './reels.config.js';
import { askedScopes, scopeNotices } from './reels.flavour.js';
import { codeIn, missingScopes, notConfigured, type ReelsLogin, refusedCode } from './reels.login.js';
import type { ReelsLoginClient } from './reels.login-client.js';
import { flat } from './reels.outcomes.js';
import type { ReelsReader } from './reels.reader.js';

/** A token may be refreshed from this age on, and as long as it lives (`platforms.md` 2.1). */
const MIN_REFRESH_AGE_MS = DAY_MS;

/** Instagram Login: a professional account without a Page; tokens of 60 days that renew themselves. */
export class InstagramLogin implements ReelsLogin {
  constructor(
    private readonly config: ReelsConfig,
    private readonly client: ReelsLoginClient,
    private readonly reader: ReelsReader,
  ) {}

  authorize({ redirectUri, state }: OAuthRequest): AuthorizeOutcome {
    if (this.config.appId === '' || this.config.appSecret === '')
      return notConfigured('INSTAGRAM_APP_ID and INSTAGRAM_APP_SECRET');
    const url = new URL(this.config.authorizeUrl);
    const query = { client_id: this.config.appId, redirect_uri: redirectUri, response_type: 'code', state };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    url.searchParams.set('scope', askedScopes('instagram'));
    return { kind: 'redirect', url: url.href, kept: { flavour: 'instagram' } };
  }

  /** Code, short token, long token; the short one is worth nothing an hour later and is not kept. */
  async exchange({ query, redirectUri, signal }: OAuthCallback): Promise<ExchangeOutcome> {
    const code = codeIn(query);
    if (typeof code !== 'string') return code;
    const answer = await this.client.exchangeCode({ code, redirectUri, signal });
    const short = answer.kind === 'response' ? readJson(answer.text, answers.shortToken) : undefined;
    if (!short) return refusedCode(answer);
    const missing = missingScopes('instagram', short.permissions);
    if (missing) return missing;
    const issuedAt = this.reader.now;
    const lengthened = await this.client.exchangeShort(short.access_token, signal);
    const long = lengthened.kind === 'response' ? readJson(lengthened.text, answers.token) : undefined;
    if (!long) return refusedCode(lengthened);
    const scope = short.permissions?.join(',');
    const credentials = { ...credentialsOf(long, issuedAt), ...(scope === undefined ? {} : { scope }) };
    const owner = await this.connect(credentials, signal);
    if (owner.kind !== 'connected') return owner;
    return { kind: 'connected', identities: [owner] };
  }

  async connect(credentials: Credentials, signal: AbortSignal): Promise<ConnectOutcome> {
    const answer = await this.client.instagramUser({ credentials, signal });
    const read = this.reader.read(answer, answers.me);
    if (read.kind === 'rejected') return read;
    if (read.kind !== 'ok') return onRead(flat(read));
    const { user_id: userId, username, account_type: type } = read.value;
    if (type === 'PERSONAL') return PERSONAL;
    return identity(userId, username, credentials);
  }

  async refresh({ externalId, credentials, signal }: PlatformContext): Promise<ConnectOutcome> {
    const now = this.reader.now;
    const { issuedAt, expiresAt } = credentials;
    if (expiresAt !== undefined && new Date(expiresAt) <= now) return ENDED;
    if (issuedAt !== undefined && plusMs(new Date(issuedAt), MIN_REFRESH_AGE_MS) > now) return TOO_YOUNG;
    const read = this.reader.read(await this.client.refresh({ credentials, signal }), answers.token);
    if (read.kind === 'ok')
      return identity(externalId, undefined, { ...credentials, ...credentialsOf(read.value, now) });
    // A token that the refresh itself refuses cannot be refreshed: only the user can help.
    if (read.kind === 'unauthorised') return { ...read, reconnect: true };
    return read.kind === 'rejected' ? read : onRead(flat(read));
  }
}

const PERSONAL: ConnectOutcome = {
  kind: 'rejected',
  category: 'account_issue',
  detail: 'This is a personal account. Switch it to a professional one in the Instagram app, then connect again.',
};

const ENDED: ConnectOutcome = {
  kind: 'unauthorised',
  reconnect: true,
  detail: 'The token has ended and cannot be renewed. Connect the account again.',
};

const TOO_YOUNG: ConnectOutcome = {
  kind: 'unavailable',
  detail: 'Instagram renews tokens from the second day on; this one is younger.',
};

const credentialsOf = (token: answers.Token, issuedAt: Date): Credentials => ({
  flavour: 'instagram',
  accessToken: token.access_token,
  issuedAt: issuedAt.toISOString(),
  expiresAt: plusMs(issuedAt, token.expires_in * 1000).toISOString(),
});

const identity = (
  externalId: string,
  username: string | undefined,
  credentials: Credentials,
): { readonly kind: 'connected' } & ConnectedIdentity => {
  const scopes = credentials['scope']?.split(',').filter((scope) => scope !== '');
  const notices = scopeNotices('instagram', scopes);
  const { expiresAt } = credentials;
  return {
    kind: 'connected',
    externalId,
    displayName: username ?? externalId,
    credentials,
    scopes: scopes ?? [],
    ...(expiresAt === undefined ? {} : { tokenExpiresAt: new Date(expiresAt) }),
    ...(notices.length > 0 ? { notices } : {}),
  };
};
