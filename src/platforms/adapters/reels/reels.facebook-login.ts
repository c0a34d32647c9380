import type { AuthorizeOutcome, ExchangeOutcome, OAuthCallback, OAuthRequest } from '../../domain/oauth.port.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { ConnectedIdentity, ConnectOutcome, Credentials, Rejected } from '../../domain/publish-outcome.js';
import { onRead } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import * as answers from './reels.answers.js';
import type { ReelsConfig } from './reels.config.js';
import { askedScopes, scopeNotices } from './reels.flavour.js';
import { codeIn, missingScopes, notConfigured, type ReelsLogin, refusedCode } from './reels.login.js';
import type { ReelsLoginClient } from './reels.login-client.js';
import { flat, type GraphRefusal, type Read } from './reels.outcomes.js';
import type { ReelsReader } from './reels.reader.js';

/** 100 Pages each. */
const MAX_PAGE_LISTS = 10;

/** A Page with the professional Instagram account that hangs on it. */
type Linked = answers.Page & { readonly instagram_business_account: answers.LinkedAccount };

/** What `debug_token` says; all empty where it could not be asked. */
interface Worth {
  readonly scopes?: readonly string[];
  readonly expiresAt?: Date;
  readonly dataAccessEndsAt?: Date;
}

/** Facebook Login: accounts that hang on a Page, each published to with the Page's own token, which has no end. */
export class FacebookLogin implements ReelsLogin {
  constructor(
    private readonly config: ReelsConfig,
    private readonly client: ReelsLoginClient,
    private readonly reader: ReelsReader,
  ) {}

  authorize({ redirectUri, state }: OAuthRequest): AuthorizeOutcome {
    if (!this.hasApp()) return notConfigured('FACEBOOK_APP_ID and FACEBOOK_APP_SECRET');
    const url = new URL(this.config.fbDialogUrl.replaceAll('{version}', this.config.version));
    const query = { client_id: this.config.fbAppId, redirect_uri: redirectUri, response_type: 'code', state };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    url.searchParams.set('scope', askedScopes('facebook'));
    return { kind: 'redirect', url: url.href, kept: { flavour: 'facebook' } };
  }

  /** Code, short token, long token, then one Page token for each chosen Page with an Instagram account. */
  async exchange({ query, redirectUri, signal }: OAuthCallback): Promise<ExchangeOutcome> {
    const code = codeIn(query);
    if (typeof code !== 'string') return code;
    const short = await this.client.exchangeFacebookCode({ code, redirectUri, signal });
    const shortToken = short.kind === 'response' ? readJson(short.text, answers.anyToken)?.access_token : undefined;
    if (shortToken === undefined) return refusedCode(short);
    const long = await this.client.exchangeFacebookShort(shortToken, signal);
    const userToken = long.kind === 'response' ? readJson(long.text, answers.anyToken)?.access_token : undefined;
    if (userToken === undefined) return refusedCode(long);
    const worth = await this.worthOf(userToken, signal);
    const missing = missingScopes('facebook', worth.scopes);
    if (missing) return missing;
    const pages = await this.linkedPages(userToken, signal);
    if (pages.kind !== 'ok') return refused(pages);
    if (pages.value.length === 0) return NO_ACCOUNT;
    return { kind: 'connected', identities: pages.value.map((page) => identityOf(page, userToken, worth)) };
  }

  /** A Page token, or a user token that reaches exactly one Instagram account. */
  async connect(credentials: Credentials, signal: AbortSignal): Promise<ConnectOutcome> {
    const self = this.reader.read(await this.client.facebookSelf({ credentials, signal }), answers.page);
    // A person has no Instagram field: Facebook calls that a bad parameter.
    if (self.kind === 'rejected') return this.connectUser(credentials['accessToken'] ?? '', signal);
    if (self.kind !== 'ok') return onRead(flat(self));
    const { instagram_business_account: account } = self.value;
    if (!account) return NO_ACCOUNT;
    const worth = await this.worthOf(credentials['accessToken'] ?? '', signal);
    const page = { ...self.value, instagram_business_account: account, access_token: credentials['accessToken'] };
    return { kind: 'connected', ...identityOf(page, credentials['userToken'], worth) };
  }

  /** A Page token does not run out: it is looked at, and made anew from the person's token when it has died. */
  async refresh({ externalId, credentials, signal }: PlatformContext): Promise<ConnectOutcome> {
    if (!this.hasApp()) return this.connect(credentials, signal);
    const answer = await this.client.debugToken(credentials['accessToken'] ?? '', signal);
    const read = this.reader.read(answer, answers.debuggedToken);
    if (read.kind !== 'ok') return { ...onRead(flat(read)), kind: 'unavailable' };
    if (read.value.data.is_valid) return identityAgain(externalId, credentials, worthIn(read.value));
    const { userToken } = credentials;
    if (userToken === undefined) return DIED;
    const pages = await this.linkedPages(userToken, signal);
    if (pages.kind === 'unauthorised') return DIED;
    if (pages.kind !== 'ok') return refused(pages);
    const page = pages.value.find(({ instagram_business_account: { id } }) => id === externalId);
    return page ? { kind: 'connected', ...identityOf(page, userToken, await this.worthOf(userToken, signal)) } : DIED;
  }

  private async connectUser(userToken: string, signal: AbortSignal): Promise<ConnectOutcome> {
    const pages = await this.linkedPages(userToken, signal);
    if (pages.kind !== 'ok') return refused(pages);
    const [page, ...more] = pages.value;
    if (!page) return NO_ACCOUNT;
    if (more.length > 0) return SEVERAL;
    return { kind: 'connected', ...identityOf(page, userToken, await this.worthOf(userToken, signal)) };
  }

  private async linkedPages(userToken: string, signal: AbortSignal): Promise<Read<readonly Linked[]>> {
    const caller = { credentials: { flavour: 'facebook', accessToken: userToken }, signal };
    const found: Linked[] = [];
    let after: string | undefined;
    for (let list = 0; list < MAX_PAGE_LISTS; list += 1) {
      const read = this.reader.read(await this.client.pages(caller, after), answers.pageList);
      if (read.kind !== 'ok') return read;
      for (const page of read.value.data) {
        const { instagram_business_account: account } = page;
        if (account && page.access_token) found.push({ ...page, instagram_business_account: account });
      }
      after = read.value.paging?.cursors?.after;
      if (read.value.paging?.next === undefined || after === undefined) break;
    }
    return { kind: 'ok', value: found };
  }

  /** Best effort: a code is spent by now, and a look that fails must not cost the consent. */
  private async worthOf(token: string, signal: AbortSignal): Promise<Worth> {
    if (!this.hasApp()) return {};
    const read = this.reader.read(await this.client.debugToken(token, signal), answers.debuggedToken);
    return read.kind === 'ok' ? worthIn(read.value) : {};
  }

  private hasApp(): boolean {
    return this.config.fbAppId !== '' && this.config.fbAppSecret !== '';
  }
}

const NO_ACCOUNT: Rejected = {
  kind: 'rejected',
  category: 'account_issue',
  detail:
    'None of the chosen Pages has a professional Instagram account. Link one in the settings of the Page, then connect again and tick that Page.',
};

const SEVERAL: Rejected = {
  kind: 'rejected',
  category: 'account_issue',
  detail:
    'This token reaches several Instagram accounts. Connect through the consent page, or give the token of one Page.',
};

const DIED: ConnectOutcome = {
  kind: 'unauthorised',
  reconnect: true,
  detail: 'Facebook no longer accepts this access (password, role or app settings changed). Connect the account again.',
};

const refused = (
  refusal: GraphRefusal,
): Extract<ConnectOutcome, { kind: 'rejected' | 'unauthorised' | 'unavailable' }> =>
  refusal.kind === 'rejected' ? refusal : onRead(flat(refusal));

const worthIn = ({ data }: answers.DebuggedToken): Worth => ({
  ...(data.scopes === undefined ? {} : { scopes: data.scopes }),
  ...(data.expires_at ? { expiresAt: new Date(data.expires_at * 1000) } : {}),
  ...(data.data_access_expires_at ? { dataAccessEndsAt: new Date(data.data_access_expires_at * 1000) } : {}),
});

/** Page tokens of a long user token do not end, whatever the user token's own end is. */
const identityOf = (page: Linked, userToken: string | undefined, worth: Worth): ConnectedIdentity => {
  const { id, username } = page.instagram_business_account;
  const notices = [...scopeNotices('facebook', worth.scopes), ...dataAccessNotice(worth)];
  return {
    externalId: id,
    displayName: username ?? page.name ?? id,
    credentials: {
      flavour: 'facebook',
      accessToken: page.access_token ?? '',
      pageId: page.id,
      ...(userToken === undefined ? {} : { userToken }),
      ...(worth.scopes === undefined ? {} : { scope: worth.scopes.join(',') }),
    },
    scopes: worth.scopes ?? [],
    ...(notices.length > 0 ? { notices } : {}),
  };
};

const identityAgain = (externalId: string, credentials: Credentials, worth: Worth): ConnectOutcome => ({
  kind: 'connected',
  externalId,
  displayName: externalId,
  credentials,
  scopes: worth.scopes ?? [],
  ...(worth.expiresAt === undefined ? {} : { tokenExpiresAt: worth.expiresAt }),
});

const dataAccessNotice = ({ dataAccessEndsAt }: Worth): readonly string[] =>
  dataAccessEndsAt === undefined
    ? []
    : [
        `Facebook ends the app's access on ${dataAccessEndsAt.toISOString().slice(0, 10)} unless you connect again before.`,
      ];
