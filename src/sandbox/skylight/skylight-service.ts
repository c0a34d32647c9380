import type { Call, Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import { countersOf } from '../world/counters.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { Forwarder } from './forward.js';
import { PdsClient, POST_COLLECTION } from './pds-client.js';
import { SkylightAccounts } from './skylight-accounts.js';
import { skylightDialect, xrpcError } from './skylight-errors.js';
import { SkylightPosts } from './skylight-posts.js';

/** XRPC methods that are steps of their own; the rest of `com.atproto.server.*` is `session`. */
const STEP_OF_METHOD: Readonly<Record<string, string>> = {
  'com.atproto.server.describeServer': 'describe',
  'com.atproto.repo.uploadBlob': 'blob',
  'com.atproto.repo.putRecord': 'put',
  'com.atproto.repo.createRecord': 'put',
  'com.atproto.repo.applyWrites': 'put',
  'com.atproto.repo.getRecord': 'get',
  'com.atproto.repo.listRecords': 'list',
  'com.atproto.repo.deleteRecord': 'delete',
  'app.bsky.feed.getPosts': 'counters',
  _health: 'health',
};

const methodOf = (call: Call): string => call.url.pathname.replace('/xrpc/', '');
const stepOf = (call: Call): string => {
  const method = methodOf(call);
  return STEP_OF_METHOD[method] ?? (method.startsWith('com.atproto.server.') ? 'session' : 'other');
};

const parsed = <T>(reply: Reply): T | undefined => {
  try {
    return JSON.parse(Buffer.from(reply.body ?? '').toString('utf8')) as T;
  } catch {
    return undefined;
  }
};

/** A fault proxy before a real PDS, with a small AppView (`getPosts`) in it (`platforms.md` section 4). */
export class SkylightService implements PlatformService {
  readonly platform = 'skylight' as const;
  readonly steps = 'session describe blob put get list delete counters health other'.split(' ');
  readonly dialect = skylightDialect;
  readonly #forwarder: Forwarder;
  readonly #accounts: SkylightAccounts;
  readonly #posts: SkylightPosts;

  constructor(
    private readonly world: World,
    private readonly pdsUrl: string,
  ) {
    const pds = new PdsClient(pdsUrl);
    this.#forwarder = new Forwarder(pdsUrl);
    this.#accounts = new SkylightAccounts(world, pds);
    this.#posts = new SkylightPosts(world, pds);
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
      handle: (call) => this.getPosts(call),
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
  }

  stop(): void {
    this.#forwarder.stop();
  }

  private async pass(call: Call): Promise<Reply> {
    const step = stepOf(call);
    if (this.#accounts.isDead(call) && methodOf(call) !== 'com.atproto.server.refreshSession') {
      return xrpcError(400, 'ExpiredToken', 'Token has expired');
    }
    const reply = await this.#forwarder.send(call);
    if (step === 'put' && reply.status === 200) this.note(call, reply);
    if (step === 'session') return this.withOwnAddress(call, reply);
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

  /** DID documents in answers must lead back to the proxy, or clients would walk past the faults. */
  private withOwnAddress(call: Call, reply: Reply): Reply {
    const { port } = new URL(this.pdsUrl);
    const text = Buffer.from(reply.body ?? '').toString('utf8');
    return { ...reply, body: text.replaceAll(`http://localhost:${port}`, call.origin) };
  }

  private withoutHidden(reply: Reply): Reply {
    const answer = parsed<{ uri?: string; records?: { uri: string }[] }>(reply);
    if (answer?.uri !== undefined && this.#posts.isHidden(answer.uri)) {
      return xrpcError(400, 'RecordNotFound', `Could not locate record: ${answer.uri}`);
    }
    if (!answer?.records?.some(({ uri }) => this.#posts.isHidden(uri))) return reply;
    return json(reply.status, { ...answer, records: answer.records.filter(({ uri }) => !this.#posts.isHidden(uri)) });
  }

  private async getPosts(call: Call): Promise<Reply> {
    const wanted = new Set(call.url.searchParams.getAll('uris'));
    const posts = await this.#posts.truth(this.#accounts.list());
    const shown = posts.flatMap((post) => {
      const account = this.#accounts.list().find(({ externalId }) => externalId === post.accountExternalId);
      if (!account || post.liveAt === null || !wanted.has(post.platformPostId ?? '')) return [];
      const { likes, comments } = countersOf(this.world, account, post);
      const author = { did: account.externalId, handle: account.handle };
      const counts = { replyCount: comments, repostCount: 0, likeCount: likes, quoteCount: 0, bookmarkCount: 0 };
      return [{ uri: post.platformPostId, author, record: { text: post.caption }, ...counts, indexedAt: post.liveAt }];
    });
    return json(200, { posts: shown });
  }
}
