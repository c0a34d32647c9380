import type { Call, Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { InstagramContainers } from './instagram-containers.js';
import { graphError, instagramDialect, missingObject } from './instagram-errors.js';
import { InstagramPublish } from './instagram-publish.js';
import { InstagramReads } from './instagram-reads.js';
import type { InstagramAccount } from './instagram-state.js';
import { InstagramState } from './instagram-state.js';
import { InstagramTokens } from './instagram-tokens.js';

const FIRST_USER_ID = 17_841_400_000_000_000n;
/** Every path may start with a version. */
const path = (rest: string): RegExp => new RegExp(`^(?:/v\\d+\\.\\d+)?${rest}$`);
const ID = '/(\\d+)';

/** Instagram with Instagram Login as `platforms.md` section 2 describes it; graph and upload host in one. */
export class InstagramService implements PlatformService {
  readonly platform = 'reels' as const;
  readonly steps = 'oauth me create upload container publish media list limit insights delete'.split(' ');
  readonly dialect = instagramDialect;
  readonly #state = new InstagramState();
  readonly #tokens: InstagramTokens;
  readonly #containers: InstagramContainers;
  readonly #publish: InstagramPublish;
  readonly #reads: InstagramReads;

  constructor(private readonly world: World) {
    this.#tokens = new InstagramTokens(world, this.#state);
    this.#containers = new InstagramContainers(world, this.#state);
    this.#publish = new InstagramPublish(world, this.#state);
    this.#reads = new InstagramReads(world, this.#state);
  }

  readonly routes: readonly Route[] = [
    this.open('POST', '/oauth/access_token', (call) => this.#tokens.exchangeCode(call)),
    this.open('GET', '/access_token', (call) => this.#tokens.exchangeShort(call)),
    this.open('GET', '/refresh_access_token', (call) => this.#tokens.refresh(call)),
    {
      method: 'POST',
      path: /^\/ig-api-upload\/v\d+\.\d+\/(\d+)$/,
      step: 'upload',
      streams: true,
      handle: (call) => this.#containers.upload(call),
    },
    this.signed('GET', '/me', 'me', (account, call) => this.#reads.me(account, call)),
    this.mine('POST', `${ID}/media`, 'create', (account, call) => this.#containers.create(account, call)),
    this.mine('POST', `${ID}/media_publish`, 'publish', (account, call) => this.#publish.publish(account, call)),
    this.mine('GET', `${ID}/media`, 'list', (account, call) => this.#reads.list(account, call)),
    this.mine('GET', `${ID}/content_publishing_limit`, 'limit', (account) => this.limit(account)),
    this.signed('GET', `${ID}/insights`, 'insights', (account, call) => {
      const media = this.#state.media.get(call.params[0] ?? '');
      return media?.account === account ? this.#reads.insights(media, call) : missingObject(call.params[0] ?? '');
    }),
    this.signed(
      'GET',
      ID,
      (call) => (this.#state.containers.has(call.params[0] ?? '') ? 'container' : 'media'),
      (account, call) => this.object(account, call),
    ),
    this.signed('DELETE', ID, 'delete', () => graphError({ code: 100, message: 'Unsupported delete request.' })),
  ];

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
    const authorizationCode = this.world.ids.word(60);
    this.#state.codes.set(authorizationCode, account);
    const { platform: _platform, ...shown } = account;
    const credentials = { accessToken: this.#tokens.issue(account), userId: account.externalId };
    return Promise.resolve({ ...shown, credentials, authorizationCode });
  }

  reset(): void {
    this.#state.reset();
  }

  private limit(account: InstagramAccount): Reply {
    const config = { quota_total: this.world.settings.reelsQuotaTotal, quota_duration: 86_400 };
    return json(200, { data: [{ quota_usage: this.#publish.usage(account), config }] });
  }

  private object(account: InstagramAccount, call: Call): Reply {
    const id = call.params[0] ?? '';
    const container = this.#state.containers.get(id);
    if (container?.account === account) return this.#containers.status(container);
    const media = this.#state.media.get(id);
    return media?.account === account ? this.#reads.media(media, call) : missingObject(id);
  }

  private open(method: string, rest: string, handle: (call: Call) => Reply): Route {
    return { method, path: path(rest), step: 'oauth', handle };
  }

  private signed(
    method: string,
    rest: string,
    step: Route['step'],
    answer: (account: InstagramAccount, call: Call) => Reply,
  ): Route {
    const handle = (call: Call): Reply => {
      const account = this.#tokens.authorise(call);
      return 'status' in account ? account : answer(account, call);
    };
    return { method, path: path(rest), step, handle };
  }

  /** Paths that start with the user's own id (or `me`). */
  private mine(
    method: string,
    rest: string,
    step: string,
    answer: (account: InstagramAccount, call: Call) => Reply,
  ): Route {
    const owned = rest.replace(ID, '/(\\d+|me)');
    return this.signed(method, owned, step, (account, call) => {
      const id = call.params[0] ?? '';
      return id === 'me' || id === account.externalId ? answer(account, call) : missingObject(id);
    });
  }
}
