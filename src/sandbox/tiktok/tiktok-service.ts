import type { Call, Reply } from '../http/call.js';
import { formBody, json } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { TikTokConsent } from './tiktok-consent.js';
import { TikTokEnvelope, tiktokDialect } from './tiktok-envelope.js';
import { TikTokLimits } from './tiktok-limits.js';
import { TikTokPosting } from './tiktok-posting.js';
import { TikTokPublishing } from './tiktok-publishing.js';
import { type TikTokAccount, TikTokState } from './tiktok-state.js';
import { REMOVED_BY, TIKTOK_SCOPES, type TikTokScope, TikTokTokens } from './tiktok-tokens.js';
import { TikTokUpload } from './tiktok-upload.js';
import { TikTokVideos } from './tiktok-videos.js';
import { TikTokWebhooks } from './tiktok-webhooks.js';

const DEFAULT_MAX_DURATION_SEC = 600;

/** TikTok as `platforms.md` section 1 describes it; paths end with a slash. */
export class TikTokService implements PlatformService {
  readonly platform = 'tiktok' as const;
  readonly steps = [
    'authorize',
    'oauth',
    'creator_info',
    'init',
    'upload',
    'status',
    'cancel',
    'list',
    'query',
    'user',
    'app',
  ];
  readonly dialect;
  readonly #state = new TikTokState();
  readonly #envelope: TikTokEnvelope;
  readonly #webhooks: TikTokWebhooks;
  readonly #tokens: TikTokTokens;
  readonly #consent: TikTokConsent;
  readonly #limits: TikTokLimits;
  readonly #publishing: TikTokPublishing;
  readonly #posting: TikTokPosting;
  readonly #upload: TikTokUpload;
  readonly #videos: TikTokVideos;

  constructor(private readonly world: World) {
    this.#envelope = new TikTokEnvelope(world);
    this.dialect = tiktokDialect(this.#envelope);
    this.#webhooks = new TikTokWebhooks(world);
    this.#tokens = new TikTokTokens(world, this.#state, this.#webhooks);
    this.#consent = new TikTokConsent(world, this.#state, this.#tokens, () => this.addAccount({}));
    this.#limits = new TikTokLimits(world, this.#state, this.#envelope);
    this.#publishing = new TikTokPublishing(world, this.#webhooks);
    this.#posting = new TikTokPosting(world, this.#state, this.#envelope, this.#limits, this.#publishing);
    this.#upload = new TikTokUpload(world, this.#state, this.#publishing);
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
    const account = this.addAccount(spec);
    const { externalId, handle, region } = account;
    const authorizationCode = this.#tokens.issueCode({ account, scopes: TIKTOK_SCOPES });
    const credentials = { ...this.#tokens.issue(account, TIKTOK_SCOPES), openId: externalId };
    return Promise.resolve({
      externalId,
      handle,
      ...(region === undefined ? {} : { region }),
      credentials,
      authorizationCode,
    });
  }

  reset(): void {
    this.#state.reset();
    this.#limits.reset();
    this.#webhooks.reset();
  }

  private addAccount(spec: AccountSpec): TikTokAccount {
    const off = spec.disabled ?? [];
    const account: TikTokAccount = {
      platform: 'tiktok',
      externalId: `-000${this.world.ids.word(28)}`,
      handle: spec.handle ?? `creator.${this.world.ids.word(6).toLowerCase()}`,
      ...(spec.region === undefined ? {} : { region: spec.region }),
      maxDurationSec: spec.maxDurationSec ?? DEFAULT_MAX_DURATION_SEC,
      isPrivate: spec.isPrivate ?? false,
      disabled: { comment: off.includes('comment'), duet: off.includes('duet'), stitch: off.includes('stitch') },
    };
    this.#state.accounts.push(account);
    return account;
  }

  readonly #routes: readonly Route[] = [
    {
      method: 'GET',
      path: /^\/v2\/auth\/authorize\/$/,
      step: 'authorize',
      handle: (call) => this.#consent.show(call),
    },
    this.post('/v2/auth/authorize/', 'authorize', (call) => this.#consent.decide(call)),
    this.post('/v2/oauth/token/', 'oauth', (call) => this.#tokens.token(call)),
    this.post('/v2/oauth/revoke/', 'oauth', (call) => this.#tokens.revoke(call)),
    this.post('/v2/post/publish/creator_info/query/', 'creator_info', (call) =>
      this.as(call, ['video.publish'], (account) => this.#posting.creatorInfo(account)),
    ),
    this.post('/v2/post/publish/video/init/', 'init', (call) =>
      this.as(call, ['video.publish'], (account) => this.#posting.init(account, call)),
    ),
    { method: 'PUT', path: /^\/video\/$/, step: 'upload', streams: true, handle: (call) => this.#upload.put(call) },
    this.post('/v2/post/publish/status/fetch/', 'status', (call) =>
      this.as(call, ['video.publish', 'video.upload'], (account) => this.#posting.status(account, call)),
    ),
    this.post('/v2/post/publish/cancel/', 'cancel', (call) =>
      this.as(call, ['video.publish', 'video.upload'], (account) => this.#posting.cancel(account, call)),
    ),
    this.post('/v2/video/list/', 'list', (call) =>
      this.as(call, ['video.list'], (account) => this.#videos.list(account, call)),
    ),
    this.post('/v2/video/query/', 'query', (call) =>
      this.as(call, ['video.list'], (account) => this.#videos.query(account, call)),
    ),
    {
      method: 'GET',
      path: /^\/v2\/user\/info\/$/,
      step: 'user',
      handle: (call) =>
        this.as(call, ['user.info.basic'], (account, scopes) => this.#videos.user(account, scopes, call)),
    },
    this.post('/app/disconnect/', 'app', (call) => this.disconnect(call)),
    this.post('/app/hide/', 'app', (call) => this.hide(call)),
  ];

  /** What a person does in TikTok's own app: takes our permission away. Form `open_id`. */
  private disconnect(call: Call): Reply {
    const account = this.#state.accounts.find(({ externalId }) => externalId === formBody(call)['open_id']);
    if (!account) return this.dialect.notFound();
    this.#tokens.remove(account, REMOVED_BY.user);
    return json(200, {});
  }

  /** Likewise: makes a post private. Form `publish_id`. */
  private hide(call: Call): Reply {
    const publish = this.#state.publishes.get(formBody(call)['publish_id'] ?? '');
    if (!publish?.publicId) return this.dialect.notFound();
    this.#publishing.hide(publish);
    return json(200, {});
  }

  private post(path: string, step: string, handle: Route['handle']): Route {
    return { method: 'POST', path: new RegExp(`^${path}$`), step, handle };
  }

  /** @param anyOf one of these must have been granted */
  private as(
    call: Call,
    anyOf: readonly TikTokScope[],
    answer: (account: TikTokAccount, scopes: readonly string[]) => Reply,
  ): Reply {
    const token = this.#tokens.authorise(call);
    const message = 'The access token is invalid or not found in the request.';
    if (!token) return this.#envelope.refuse(401, 'access_token_invalid', message);
    return anyOf.some((scope) => token.scopes.includes(scope))
      ? answer(token.account, token.scopes)
      : this.#envelope.refuse(401, 'scope_not_authorized', 'The user did not authorize the scope required.');
  }
}
