import type { Call, Reply } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { notSignedIn, youtubeDialect } from './youtube-errors.js';
import { YouTubeReads } from './youtube-reads.js';
import type { YouTubeAccount } from './youtube-state.js';
import { YouTubeState } from './youtube-state.js';
import { YouTubeTokens } from './youtube-tokens.js';
import { YouTubeUpload, isProbe } from './youtube-upload.js';

const UPLOAD_PATH = /^\/upload\/youtube\/v3\/videos$/;
const VIDEOS_PATH = /^\/youtube\/v3\/videos$/;

/** Statistics are the `counters` step; everything else that is read of a video is `processing`. */
const videosStep = (call: Call): string => {
  const parts = (call.url.searchParams.get('part') ?? '').split(',');
  return parts.includes('statistics') && !parts.includes('status') ? 'counters' : 'processing';
};

/** YouTube as `platforms.md` section 3 describes it, its token endpoint included. */
export class YouTubeService implements PlatformService {
  readonly platform = 'shorts' as const;
  readonly steps = ['oauth', 'start', 'upload', 'probe', 'processing', 'counters', 'channels', 'list', 'delete'];
  readonly dialect = youtubeDialect;
  readonly #state = new YouTubeState();
  readonly #tokens: YouTubeTokens;
  readonly #upload: YouTubeUpload;
  readonly #reads: YouTubeReads;

  constructor(private readonly world: World) {
    this.#tokens = new YouTubeTokens(world, this.#state);
    this.#upload = new YouTubeUpload(world, this.#state);
    this.#reads = new YouTubeReads(world, this.#state);
  }

  readonly routes: readonly Route[] = [
    { method: 'POST', path: /^\/token$/, step: 'oauth', handle: (call) => this.#tokens.token(call) },
    { method: 'POST', path: /^\/revoke$/, step: 'oauth', handle: (call) => this.#tokens.revoke(call) },
    this.signed('POST', UPLOAD_PATH, 'start', (account, call) => this.#upload.start(account, call)),
    {
      method: 'PUT',
      path: UPLOAD_PATH,
      step: (call) => (isProbe(call) ? 'probe' : 'upload'),
      streams: true,
      handle: (call) => this.#upload.put(call, this.#tokens.authorise(call)),
    },
    this.signed('GET', VIDEOS_PATH, videosStep, (account, call) => this.#reads.videos(account, call)),
    this.signed('DELETE', VIDEOS_PATH, 'delete', (account, call) => this.#reads.remove(account, call)),
    this.signed('GET', /^\/youtube\/v3\/videos:batchGetStats$/, 'counters', (account, call) =>
      this.#reads.batchGetStats(account, call),
    ),
    this.signed('GET', /^\/youtube\/v3\/channels$/, 'channels', (account) => this.#reads.channels(account)),
    this.signed('GET', /^\/youtube\/v3\/playlistItems$/, 'list', (account, call) =>
      this.#reads.playlistItems(account, call),
    ),
  ];

  identify(call: Call, step: string): SandboxAccount | undefined {
    const isSession = step === 'upload' || step === 'probe';
    return (isSession ? this.#upload.session(call)?.account : undefined) ?? this.#tokens.owner(call);
  }

  expireTokens(account: SandboxAccount): void {
    this.#tokens.expire(account as YouTubeAccount);
  }

  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    const account: YouTubeAccount = {
      platform: 'shorts',
      externalId: `UC${this.world.ids.word(22)}`,
      handle: spec.handle ?? `channel.${this.world.ids.word(6).toLowerCase()}`,
      ...(spec.region === undefined ? {} : { region: spec.region }),
    };
    this.#state.accounts.push(account);
    const authorizationCode = `4/${this.world.ids.word(40)}`;
    this.#state.codes.set(authorizationCode, account);
    const { platform: _platform, ...shown } = account;
    const credentials = {
      accessToken: this.#tokens.issueAccess(account),
      refreshToken: this.#tokens.issueRefresh(account),
      channelId: account.externalId,
    };
    return Promise.resolve({ ...shown, credentials, authorizationCode });
  }

  reset(): void {
    this.#state.reset();
  }

  private signed(
    method: string,
    path: RegExp,
    step: Route['step'],
    answer: (account: YouTubeAccount, call: Call) => Reply,
  ): Route {
    const handle = (call: Call): Reply => {
      const account = this.#tokens.authorise(call);
      return account ? answer(account, call) : notSignedIn();
    };
    return { method, path, step, handle };
  }
}
