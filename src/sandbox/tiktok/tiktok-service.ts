import type { Call, Reply } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { TikTokEnvelope, tiktokDialect } from './tiktok-envelope.js';
import { TikTokPosting } from './tiktok-posting.js';
import type { TikTokAccount } from './tiktok-state.js';
import { TikTokState } from './tiktok-state.js';
import { TikTokTokens } from './tiktok-tokens.js';
import { TikTokUpload } from './tiktok-upload.js';
import { TikTokVideos } from './tiktok-videos.js';

const DEFAULT_MAX_DURATION_SEC = 600;

/** TikTok as `platforms.md` section 1 describes it; paths end with a slash. */
export class TikTokService implements PlatformService {
  readonly platform = 'tiktok' as const;
  readonly steps = ['oauth', 'creator_info', 'init', 'upload', 'status', 'cancel', 'list', 'query', 'user'];
  readonly #state = new TikTokState();
  readonly #envelope: TikTokEnvelope;
  readonly #tokens: TikTokTokens;
  readonly #posting: TikTokPosting;
  readonly #upload: TikTokUpload;
  readonly #videos: TikTokVideos;
  readonly dialect;

  constructor(private readonly world: World) {
    this.#envelope = new TikTokEnvelope(world);
    this.dialect = tiktokDialect(this.#envelope);
    this.#tokens = new TikTokTokens(world, this.#state);
    this.#posting = new TikTokPosting(world, this.#state, this.#envelope);
    this.#upload = new TikTokUpload(world, this.#state);
    this.#videos = new TikTokVideos(world, this.#state, this.#envelope);
  }

  get routes(): readonly Route[] {
    return this.#routes;
  }

  identify(call: Call, step: string): SandboxAccount | undefined {
    if (step === 'upload') return this.#upload.find(call)?.account;
    return step === 'oauth' ? this.#tokens.refreshOwner(call) : this.#tokens.owner(call);
  }

  expireTokens(account: SandboxAccount): void {
    this.#tokens.expire(account as TikTokAccount);
  }

  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    const account: TikTokAccount = {
      platform: 'tiktok',
      externalId: `-000${this.world.ids.word(28)}`,
      handle: spec.handle ?? `creator.${this.world.ids.word(6).toLowerCase()}`,
      ...(spec.region === undefined ? {} : { region: spec.region }),
      maxDurationSec: spec.maxDurationSec ?? DEFAULT_MAX_DURATION_SEC,
    };
    this.#state.accounts.push(account);
    const authorizationCode = this.world.ids.word(40);
    this.#state.codes.set(authorizationCode, account);
    const { maxDurationSec: _maxDurationSec, platform: _platform, ...shown } = account;
    const credentials = { ...this.#tokens.issue(account), openId: account.externalId };
    return Promise.resolve({ ...shown, credentials, authorizationCode });
  }

  reset(): void {
    this.#state.reset();
    this.#posting.reset();
  }

  readonly #routes: readonly Route[] = [
    this.post('/v2/oauth/token/', 'oauth', (call) => this.#tokens.token(call)),
    this.post('/v2/oauth/revoke/', 'oauth', (call) => this.#tokens.revoke(call)),
    this.post('/v2/post/publish/creator_info/query/', 'creator_info', (call) =>
      this.as(call, (account) => this.#posting.overRate('creator_info', account) ?? this.#posting.creatorInfo(account)),
    ),
    this.post('/v2/post/publish/video/init/', 'init', (call) =>
      this.as(call, (account) => this.#posting.overRate('init', account) ?? this.#posting.init(account, call)),
    ),
    { method: 'PUT', path: /^\/video\/$/, step: 'upload', streams: true, handle: (call) => this.#upload.put(call) },
    this.post('/v2/post/publish/status/fetch/', 'status', (call) =>
      this.as(call, (account) => this.#posting.overRate('status', account) ?? this.#posting.status(account, call)),
    ),
    this.post('/v2/post/publish/cancel/', 'cancel', (call) =>
      this.as(call, (account) => this.#posting.cancel(account, call)),
    ),
    this.post('/v2/video/list/', 'list', (call) => this.as(call, (account) => this.#videos.list(account, call))),
    this.post('/v2/video/query/', 'query', (call) => this.as(call, (account) => this.#videos.query(account, call))),
    {
      method: 'GET',
      path: /^\/v2\/user\/info\/$/,
      step: 'user',
      handle: (call) => this.as(call, (account) => this.#videos.user(account, call)),
    },
  ];

  private post(path: string, step: string, handle: Route['handle']): Route {
    return { method: 'POST', path: new RegExp(`^${path}$`), step, handle };
  }

  private as(call: Call, answer: (account: TikTokAccount) => Reply): Reply {
    const account = this.#tokens.authorise(call);
    const message = 'The access token is invalid or not found in the request.';
    return account ? answer(account) : this.#envelope.refuse(401, 'access_token_invalid', message);
  }
}
