import type { Call, Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { TruthPost } from '../truth/truth-feed.js';
import { countersOf } from '../world/counters.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { SkylightAccounts } from './skylight-accounts.js';
import { xrpcError } from './skylight-errors.js';
import type { SkylightPosts } from './skylight-posts.js';

/** Lexicons app.bsky.feed.getPosts and getAuthorFeed. */
const MAX_URIS = 25;
const MAX_PAGE = 100;

/** A small AppView over the posts of the PDS: public counters, later than the PDS by a lag. */
export class AppView {
  constructor(
    private readonly world: World,
    private readonly accounts: SkylightAccounts,
    private readonly posts: SkylightPosts,
  ) {}

  async getPosts(call: Call): Promise<Reply> {
    const uris = call.url.searchParams.getAll('uris');
    if (uris.length === 0 || uris.length > MAX_URIS)
      return xrpcError(400, 'InvalidRequest', `Error: uris must have 1 to ${MAX_URIS} elements`);
    const known = await this.known(this.accounts.list());
    return json(200, { posts: known.filter(({ uri }) => uris.includes(uri)) });
  }

  async getAuthorFeed(call: Call): Promise<Reply> {
    const actor = call.url.searchParams.get('actor');
    const limit = Number(call.url.searchParams.get('limit') ?? 50);
    const account = this.accounts.list().find(({ externalId, handle }) => externalId === actor || handle === actor);
    if (!account) return xrpcError(400, 'InvalidRequest', 'Profile not found');
    if (!(limit >= 1 && limit <= MAX_PAGE)) return xrpcError(400, 'InvalidRequest', 'limit must be 1 to 100');
    const isVideoOnly = call.url.searchParams.get('filter') === 'posts_with_video';
    const known = (await this.known([account])).filter(({ embed }) => !isVideoOnly || embed !== undefined);
    const newestFirst = known.sort((a, b) => b.indexedAt.localeCompare(a.indexedAt));
    return json(200, { feed: newestFirst.slice(0, limit).map((post) => ({ post })) });
  }

  private async known(accounts: readonly SandboxAccount[]) {
    const posts = await this.posts.truth(accounts);
    return posts.flatMap((post) => {
      const account = accounts.find(({ externalId }) => externalId === post.accountExternalId);
      return account ? this.view(account, post) : [];
    });
  }

  /** Nothing until the AppView has indexed it. */
  private view(account: SandboxAccount, post: TruthPost) {
    const indexedMs = Date.parse(post.liveAt ?? '') + this.world.settings.skylightAppViewLagMs;
    if (post.liveAt === null || indexedMs > this.world.clock.nowMs()) return [];
    const { likes, comments } = countersOf(this.world, account, post);
    const view = {
      uri: post.platformPostId ?? '',
      author: { did: account.externalId, handle: account.handle },
      record: { text: post.caption },
      ...(post.bytes > 0 ? { embed: { $type: 'app.bsky.embed.video#view' } } : {}),
      replyCount: comments,
      repostCount: 0,
      likeCount: likes,
      quoteCount: 0,
      bookmarkCount: 0,
      indexedAt: new Date(indexedMs).toISOString(),
    };
    return [view];
  }
}
