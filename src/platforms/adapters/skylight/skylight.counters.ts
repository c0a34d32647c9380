import type { Clock } from '../../../kernel/clock.port.js';
import { inChunks } from '../../domain/metrics-chunks.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { MetricsOutcome } from '../../domain/publish-outcome.js';
import { onPacedRead } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import { counters, type PostCounters } from './skylight.answers.js';
import type { SkylightClient } from './skylight.client.js';
import { refusalIn } from './skylight.outcomes.js';

/** `getPosts` takes this many at once (lexicon app.bsky.feed.getPosts, read Nov 2026). */
export const POSTS_PER_CALL = 25;

/** Public counters from the AppView, without a token. */
export class SkylightCounters {
  constructor(
    private readonly appViewUrl: string,
    private readonly client: SkylightClient,
    private readonly clock: Clock,
  ) {}

  /** A post that the AppView does not know (yet) has no data. */
  read({ signal }: PlatformContext, uris: readonly string[]): Promise<ReadonlyMap<string, MetricsOutcome>> {
    return inChunks(uris, POSTS_PER_CALL, async (asked) => {
      const url = new URL('/xrpc/app.bsky.feed.getPosts', this.appViewUrl);
      for (const uri of asked) url.searchParams.append('uris', uri);
      const answer = await this.client.send({ method: 'GET', url: url.href, signal });
      const read = answer.kind === 'response' && answer.status === 200 ? readJson(answer.text, counters) : undefined;
      const seen = new Map(read?.posts.map((post) => [post.uri, post]));
      return (uri) => (read ? countsOf(seen.get(uri)) : onPacedRead(refusalIn(answer, this.clock.now())));
    });
  }
}

const countsOf = (post: PostCounters | undefined): MetricsOutcome => {
  const counts = { likes: post?.likeCount, comments: post?.replyCount, shares: post?.repostCount };
  const given = Object.entries(counts).filter(([, value]) => value !== undefined);
  return given.length === 0 ? { kind: 'no_data' } : { kind: 'metrics', ...Object.fromEntries(given) };
};
