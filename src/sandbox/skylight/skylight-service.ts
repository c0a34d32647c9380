import type { Call, Reply } from '../http/call.js';
import { bearer, json } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { AppView } from './app-view.js';
import { DidDocuments } from './did-documents.js';
import { Forwarder } from './forward.js';
import { PdsClient, POST_COLLECTION } from './pds-client.js';
import { PlcService } from './plc-service.js';
import { SkylightAccounts } from './skylight-accounts.js';
import { deadToken, skylightDialect, xrpcError } from './skylight-errors.js';
import { SkylightPosts } from './skylight-posts.js';
import { VIDEO_STEPS, VideoService } from './video-service.js';

/** XRPC methods that are steps of their own; the rest of `com.atproto.server.*` is `session`. */
const STEP_OF_METHOD: Readonly<Record<string, string>> = {
  'com.atproto.server.describeServer': 'describe',
  'com.atproto.server.getServiceAuth': 'service-auth',
  'com.atproto.identity.resolveHandle': 'resolve',
  'com.atproto.repo.uploadBlob': 'blob',
  'com.atproto.repo.putRecord': 'put',
  'com.atproto.repo.createRecord': 'put',
  'com.atproto.repo.applyWrites': 'put',
  'com.atproto.repo.getRecord': 'get',
  'com.atproto.repo.listRecords': 'list',
  'com.atproto.repo.deleteRecord': 'delete',
  'app.bsky.feed.getPosts': 'counters',
  'app.bsky.feed.getAuthorFeed': 'counters',
  _health: 'health',
};

/** The PDS's own OAuth pages and endpoints; `token` gives and renews tokens. */
const STEP_OF_PATH: Readonly<Record<string, string>> = { '/oauth/par': 'par', '/oauth/token': 'token' };

const REFRESH = 'com.atproto.server.refreshSession';
/** Calls that a dead access token does not concern. */
const NEEDS_NO_ACCESS = ['token', 'par', 'consent'];

const methodOf = (call: Call): string => call.url.pathname.replace('/xrpc/', '');
const stepOf = (call: Call): string => {
  const { pathname } = call.url;
  const method = methodOf(call);
  if (!pathname.startsWith('/xrpc/'))
    return STEP_OF_PATH[pathname] ?? (/^\/(oauth|@atproto|account)\//.test(pathname) ? 'consent' : 'other');
  return STEP_OF_METHOD[method] ?? (method.startsWith('com.atproto.server.') ? 'session' : 'other');
};

const parsed = <T>(reply: Reply): T | undefined => {
  try {
    return JSON.parse(Buffer.from(reply.body ?? '').toString('utf8')) as T;
  } catch {
    return undefined;
  }
};

/**
 * A fault proxy before a real PDS, whose documents and tokens name the proxy's address; with a small AppView in it, and
 * beside it the video service and the PLC directory (`platforms.md` section 4).
 */
export class SkylightService implements PlatformService {
  readonly platform = 'skylight' as const;
  readonly steps = [
    ...'session describe resolve service-auth blob put get list delete counters health'.split(' '),
    ...'par token consent plc other'.split(' '),
    ...VIDEO_STEPS,
  ];
  readonly dialect = skylightDialect;
  readonly video: VideoService;
  readonly plc: PlcService;
  readonly #forwarder: Forwarder;
  readonly #accounts: SkylightAccounts;
  readonly #posts: SkylightPosts;
  readonly #appView: AppView;

  constructor(world: World, at: { readonly pdsUrl: string; readonly plcUrl: string }) {
    const pds = new PdsClient(at.pdsUrl);
    const documents = new DidDocuments(at.plcUrl);
    this.#forwarder = new Forwarder(at.pdsUrl);
    this.#accounts = new SkylightAccounts(world, pds);
    this.#posts = new SkylightPosts(world, pds);
    this.#appView = new AppView(world, this.#accounts, this.#posts);
    this.video = new VideoService({ world, accounts: this.#accounts, documents, pdsUrl: at.pdsUrl });
    this.plc = new PlcService(at.plcUrl, this.#accounts);
    world.truth.addSource('skylight', () => this.#posts.truth(this.#accounts.list()));
  }

  readonly routes: readonly Route[] = [
    {
      method: 'POST',
      path: /^\/xrpc\/com\.atproto\.repo\.uploadBlob$/,
      step: 'blob',
      streams: true,
      handle: (call) => this.pass(call),
    },
    {
      method: 'GET',
      path: /^\/xrpc\/app\.bsky\.feed\.getPosts$/,
      step: 'counters',
      handle: (call) => this.#appView.getPosts(call),
    },
    {
      method: 'GET',
      path: /^\/xrpc\/app\.bsky\.feed\.getAuthorFeed$/,
      step: 'counters',
      handle: (call) => this.#appView.getAuthorFeed(call),
    },
    { method: '*', path: /^\//, step: stepOf, handle: (call) => this.pass(call) },
  ];

  identify(call: Call): SandboxAccount | undefined {
    return this.#accounts.identify(call);
  }

  expireTokens(account: SandboxAccount): void {
    this.#accounts.expire(account);
  }

  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    return this.#accounts.create(spec);
  }

  reset(): void {
    this.#accounts.reset();
    this.#posts.reset();
    this.video.reset();
  }

  stop(): void {
    this.#forwarder.stop();
    this.plc.stop();
  }

  private async pass(call: Call): Promise<Reply> {
    const step = stepOf(call);
    const isExempt = methodOf(call) === REFRESH || NEEDS_NO_ACCESS.includes(step);
    if (!isExempt && this.#accounts.isDead(call)) return deadToken(bearer(call) === undefined);
    const reply = await this.#forwarder.send(call);
    if (step === 'put' && reply.status === 200) this.note(call, reply);
    return step === 'get' || step === 'list' ? this.withoutHidden(reply) : reply;
  }

  /** A repeated identical put answers without `commit`: nothing new was taken. */
  private note(call: Call, reply: Reply): void {
    const answer = parsed<{ uri?: string; commit?: unknown }>(reply);
    const account = this.#accounts.identify(call);
    if (account && answer?.commit !== undefined && answer.uri?.includes(`/${POST_COLLECTION}/`)) {
      this.#posts.accept(account, answer.uri);
    }
  }

  private withoutHidden(reply: Reply): Reply {
    const answer = parsed<{ uri?: string; records?: { uri: string }[] }>(reply);
    if (answer?.uri !== undefined && this.#posts.isHidden(answer.uri)) {
      return xrpcError(400, 'RecordNotFound', `Could not locate record: ${answer.uri}`);
    }
    if (!answer?.records?.some(({ uri }) => this.#posts.isHidden(uri))) return reply;
    return json(reply.status, { ...answer, records: answer.records.filter(({ uri }) => !this.#posts.isHidden(uri)) });
  }
}
