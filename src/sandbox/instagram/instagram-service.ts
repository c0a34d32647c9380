import type { Call } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { FacebookLogin } from './facebook-login.js';
import { GraphApi, graphPath } from './graph-api.js';
import { instagramDialect } from './instagram-errors.js';
import { InstagramLogin, LONG_TOKEN_SECONDS } from './instagram-login.js';
import { KNOWN_SCOPES } from './instagram-scopes.js';
import type { Flavour, InstagramAccount, Page } from './instagram-state.js';
import { InstagramState } from './instagram-state.js';
import { MetaConsent } from './meta-consent.js';
import { MetaTokens } from './meta-tokens.js';

const FIRST_USER_ID = 17_841_400_000_000_000n;
const FIRST_PAGE_ID = 100_000_000_000_000n;

/** Instagram with both logins as `platforms.md` section 2 describes them. */
export class InstagramService implements PlatformService {
  readonly platform = 'reels' as const;
  readonly steps = 'consent oauth me create upload container publish media list limit insights delete'.split(' ');
  readonly dialect = instagramDialect;
  /** www, api, graph and upload host of Instagram Login in one. */
  readonly routes: readonly Route[];
  /** www, graph and upload host of Facebook: the same accounts behind the other login. */
  readonly facebook: PlatformService;
  readonly #state = new InstagramState();
  readonly #tokens: MetaTokens;
  readonly #graph: GraphApi;
  readonly #facebookLogin: FacebookLogin;
  readonly #consent: Readonly<Record<Flavour, MetaConsent>>;

  constructor(private readonly world: World) {
    this.#tokens = new MetaTokens(world, this.#state);
    this.#graph = new GraphApi(world, this.#state, this.#tokens);
    this.#facebookLogin = new FacebookLogin(world, this.#state, this.#tokens);
    this.#consent = {
      instagram: new MetaConsent(world, this.#state, 'instagram'),
      facebook: new MetaConsent(world, this.#state, 'facebook'),
    };
    this.routes = this.instagramRoutes();
    this.facebook = {
      ...{ platform: this.platform, steps: this.steps, dialect: this.dialect, routes: this.facebookRoutes() },
      identify: (call) => this.identify(call),
      expireTokens: (account) => this.expireTokens(account),
      createAccount: (spec) => this.createAccount({ ...spec, flavour: 'facebook' }),
      reset: () => this.reset(),
    };
    this.addLonelyPage();
  }

  identify(call: Call): SandboxAccount | undefined {
    return this.#tokens.owner(call);
  }

  expireTokens(account: SandboxAccount): void {
    this.#tokens.expire(account as InstagramAccount);
  }

  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    const account: InstagramAccount = {
      platform: 'reels',
      externalId: String(this.world.ids.number(FIRST_USER_ID)),
      handle: spec.handle ?? `creator.${this.world.ids.word(6).toLowerCase()}`,
      ...(spec.region === undefined ? {} : { region: spec.region }),
    };
    this.#state.accounts.set(account.externalId, account);
    const { platform: _platform, ...shown } = account;
    const more = spec.flavour === 'facebook' ? this.byFacebook(account) : this.byInstagram(account);
    return Promise.resolve({ ...shown, ...more });
  }

  reset(): void {
    this.#state.reset();
    this.#graph.reset();
    this.addLonelyPage();
  }

  private byInstagram(account: InstagramAccount): Pick<CreatedAccount, 'credentials' | 'authorizationCode'> {
    const accounts = [account];
    const scopes = KNOWN_SCOPES.instagram;
    const facts = { flavour: 'instagram', kind: 'long', accounts, pages: [], scopes } as const;
    const token = this.#tokens.issue(facts, LONG_TOKEN_SECONDS);
    const authorizationCode = this.#consent.instagram.grant({ accounts, pages: [], scopes });
    return { credentials: { accessToken: token.value, userId: account.externalId }, authorizationCode };
  }

  /** A Page the account hangs on, and the token that `me/accounts` would give for it. */
  private byFacebook(account: InstagramAccount): Pick<CreatedAccount, 'credentials' | 'authorizationCode'> {
    const page = this.addPage({ name: `Page of ${account.handle}`, account });
    const facts = { accounts: [account], pages: [page], scopes: KNOWN_SCOPES.facebook };
    const user = this.#tokens.issue({ flavour: 'facebook', kind: 'user-long', ...facts }, LONG_TOKEN_SECONDS);
    const credentials = {
      flavour: 'facebook',
      accessToken: this.#facebookLogin.pageToken(user, page).value,
      userToken: user.value,
      pageId: page.id,
    };
    return { credentials, authorizationCode: this.#consent.facebook.grant(facts) };
  }

  private addPage(page: Omit<Page, 'id'>): Page {
    const added = { id: String(this.world.ids.number(FIRST_PAGE_ID)), ...page };
    this.#state.pages.set(added.id, added);
    return added;
  }

  /** A Page that cannot be published to, as many have one. */
  private addLonelyPage(): void {
    this.addPage({ name: 'Cooking club (no Instagram)' });
  }

  private instagramRoutes(): readonly Route[] {
    const login = new InstagramLogin(this.world, this.#state, this.#tokens);
    return [
      ...this.consentRoutes('instagram', /^\/oauth\/authorize\/?$/),
      {
        method: 'POST',
        path: graphPath('/oauth/access_token'),
        step: 'oauth',
        handle: (call) => login.exchangeCode(call),
      },
      { method: 'GET', path: graphPath('/access_token'), step: 'oauth', handle: (call) => login.exchangeShort(call) },
      { method: 'GET', path: graphPath('/refresh_access_token'), step: 'oauth', handle: (call) => login.refresh(call) },
      { method: 'GET', path: graphPath('/me'), step: 'me', handle: (call) => this.#graph.me(call) },
      ...this.#graph.routes('instagram'),
    ];
  }

  private facebookRoutes(): readonly Route[] {
    const login = this.#facebookLogin;
    return [
      ...this.consentRoutes('facebook', graphPath('/dialog/oauth')),
      { method: '*', path: graphPath('/oauth/access_token'), step: 'oauth', handle: (call) => login.accessToken(call) },
      { method: 'GET', path: graphPath('/debug_token'), step: 'oauth', handle: (call) => login.debug(call) },
      { method: 'GET', path: graphPath('/me/accounts'), step: 'me', handle: (call) => login.pages(call) },
      { method: 'GET', path: graphPath('/me'), step: 'me', handle: (call) => login.me(call) },
      ...this.#graph.routes('facebook'),
    ];
  }

  private consentRoutes(flavour: Flavour, path: RegExp): readonly Route[] {
    const consent = this.#consent[flavour];
    return [
      { method: 'GET', path, step: 'consent', handle: (call) => consent.show(call) },
      { method: 'POST', path, step: 'consent', handle: (call) => consent.decide(call) },
    ];
  }
}
