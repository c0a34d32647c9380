import type { Call, Reply } from '../http/call.js';
import { readBody } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { YouTubeConsent } from './youtube-consent.js';
import { youtubeDialect, youtubeError } from './youtube-errors.js';
import { isReply } from './youtube-query.js';
import { YouTubeQuota } from './youtube-quota.js';
import type { Bucket } from './youtube-quota.js';
import { isProbe } from './youtube-range.js';
import { YouTubeReads } from './youtube-reads.js';
import { MAY_DELETE, MAY_INSERT, MAY_READ, USUAL_SCOPES } from './youtube-scopes.js';
import type { YouTubeAccount } from './youtube-state.js';
import { YouTubeState } from './youtube-state.js';
import { YouTubeTokens } from './youtube-tokens.js';
import { YouTubeUpload } from './youtube-upload.js';

const UPLOAD_PATH = /^\/upload\/youtube\/v3\/videos$/;
const VIDEOS_PATH = /^\/youtube\/v3\/videos$/;
const CONSENT_PATH = /^\/o\/oauth2\/v2\/auth$/;
const MAX_METADATA_BYTES = 1024 * 1024;
const CODE_LIFE_MS = 10 * 60_000;
/** Units of a write (`platforms.md` 3.2). */
const WRITE_UNITS = 50;

const uploadType = (call: Call): string | null => call.url.searchParams.get('uploadType');

/** Statistics are the `counters` step; everything else that is read of a video is `processing`. */
const videosStep = (call: Call): string => {
  const parts = call.url.searchParams.getAll('part').flatMap((part) => part.split(','));
  return parts.includes('statistics') && !parts.includes('status') ? 'counters' : 'processing';
};

/** What a signed call needs and costs, and who answers it. */
interface Signed {
  readonly scopes: readonly string[];
  readonly bucket: Bucket;
  readonly units?: number;
  readonly answer: (account: YouTubeAccount, call: Call) => Promise<Reply> | Reply;
}

/** YouTube as `platforms.md` section 3 describes it, its consent page and token endpoint included. */
export class YouTubeService implements PlatformService {
  readonly platform = 'shorts' as const;
  readonly steps = [
    'consent',
    'oauth',
    'start',
    'insert',
    'upload',
    'probe',
    'processing',
    'counters',
    'channels',
    'list',
    'delete',
  ];
  readonly dialect = youtubeDialect;
  readonly #state = new YouTubeState();
  readonly #tokens: YouTubeTokens;
  readonly #consent: YouTubeConsent;
  readonly #quota: YouTubeQuota;
  readonly #upload: YouTubeUpload;
  readonly #reads: YouTubeReads;
  readonly routes: readonly Route[];

  constructor(private readonly world: World) {
    this.#tokens = new YouTubeTokens(world, this.#state);
    this.#consent = new YouTubeConsent(world, this.#state, () => this.addAccount({}));
    this.#quota = new YouTubeQuota(world, this.#state);
    this.#upload = new YouTubeUpload(world, this.#state);
    this.#reads = new YouTubeReads(world, this.#state);
    this.routes = [...this.oauthRoutes(), ...this.uploadRoutes(), ...this.apiRoutes()];
  }

  identify(call: Call, step: string): SandboxAccount | undefined {
    const isSession = step === 'upload' || step === 'probe';
    return (isSession ? this.#upload.session(call)?.account : undefined) ?? this.#tokens.owner(call);
  }

  expireTokens(account: SandboxAccount): void {
    this.#tokens.expire(account as YouTubeAccount);
  }

  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    const account = this.addAccount(spec);
    const authorizationCode = `4/${this.world.ids.word(40)}`;
    const expiresMs = this.world.clock.nowMs() + CODE_LIFE_MS;
    this.#state.codes.set(authorizationCode, { account, scopes: USUAL_SCOPES, isOffline: true, expiresMs });
    const { platform: _platform, hasChannel: _hasChannel, ...shown } = account;
    const credentials = {
      accessToken: this.#tokens.issueAccess(account, USUAL_SCOPES),
      refreshToken: this.#tokens.issueRefresh(account, USUAL_SCOPES),
      channelId: account.externalId,
    };
    return Promise.resolve({ ...shown, credentials, authorizationCode });
  }

  reset(): void {
    this.#state.reset();
  }

  private addAccount(spec: AccountSpec): YouTubeAccount {
    const account: YouTubeAccount = {
      platform: 'shorts',
      externalId: `UC${this.world.ids.word(22)}`,
      handle: spec.handle ?? `channel.${this.world.ids.word(6).toLowerCase()}`,
      hasChannel: spec.hasChannel !== false,
      ...(spec.region === undefined ? {} : { region: spec.region }),
    };
    this.#state.accounts.push(account);
    return account;
  }

  private oauthRoutes(): Route[] {
    return [
      { method: 'GET', path: CONSENT_PATH, step: 'consent', handle: (call) => this.#consent.show(call) },
      { method: 'POST', path: CONSENT_PATH, step: 'consent', handle: (call) => this.#consent.decide(call) },
      { method: 'POST', path: /^\/token$/, step: 'oauth', handle: (call) => this.#tokens.token(call) },
      { method: 'POST', path: /^\/revoke$/, step: 'oauth', handle: (call) => this.#tokens.revoke(call) },
    ];
  }

  private uploadRoutes(): Route[] {
    const insert = this.signed({
      scopes: MAY_INSERT,
      bucket: 'inserts',
      answer: (account, call) => this.insert(account, call),
    });
    const step = (call: Call): string => (uploadType(call) === 'multipart' ? 'insert' : 'start');
    const put: Route = {
      method: 'PUT',
      path: UPLOAD_PATH,
      step: (call) => (isProbe(call) ? 'probe' : 'upload'),
      streams: true,
      handle: (call) => this.#upload.put(call, this.#tokens.authorise(call, MAY_INSERT)),
    };
    return [{ method: 'POST', path: UPLOAD_PATH, step, streams: true, handle: insert }, put];
  }

  private apiRoutes(): Route[] {
    const reads = this.#reads;
    const read = (answer: Signed['answer'], bucket: Bucket = 'units'): Route['handle'] =>
      this.signed({ scopes: MAY_READ, bucket, answer });
    const remove = this.signed({
      scopes: MAY_DELETE,
      bucket: 'units',
      units: WRITE_UNITS,
      answer: (account, call) => reads.remove(account, call),
    });
    const statsPath = /^\/youtube\/v3\/videos:batchGetStats$/;
    const stats = read((account, call) => reads.batchGetStats(account, call), 'batchStats');
    const channels = read((account, call) => reads.channels(account, call));
    const items = read((account, call) => reads.playlistItems(account, call));
    const videos = read((account, call) => reads.videos(account, call));
    return [
      { method: 'GET', path: VIDEOS_PATH, step: videosStep, handle: videos },
      { method: 'DELETE', path: VIDEOS_PATH, step: 'delete', handle: remove },
      { method: 'GET', path: statsPath, step: 'counters', handle: stats },
      { method: 'GET', path: /^\/youtube\/v3\/channels$/, step: 'channels', handle: channels },
      { method: 'GET', path: /^\/youtube\/v3\/playlistItems$/, step: 'list', handle: items },
    ];
  }

  private async insert(account: YouTubeAccount, call: Call): Promise<Reply> {
    if (uploadType(call) === 'multipart') return this.#upload.simple(account, call);
    if (uploadType(call) !== 'resumable') {
      return youtubeError(400, 'badRequest', 'uploadType must be resumable or multipart.', 'global');
    }
    return this.#upload.start(account, { ...call, body: await readBody(call.request, MAX_METADATA_BYTES) });
  }

  /** Every signed request is charged, valid or not. */
  private signed({ scopes, bucket, units, answer }: Signed): Route['handle'] {
    return (call) => {
      const account = this.#tokens.authorise(call, scopes);
      if (isReply(account)) return account;
      return this.#quota.charge(bucket, units) ?? answer(account, call);
    };
  }
}
