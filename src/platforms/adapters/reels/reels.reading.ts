import { inChunks } from '../../domain/metrics-chunks.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { FindOutcome, FoundPost, MetricsOutcome, PublishingLimit } from '../../domain/publish-outcome.js';
import { onPacedRead, onRead } from '../../domain/refusal.js';
import * as answers from './reels.answers.js';
import type { ReelsClient } from './reels.client.js';
import { flat, isHidden } from './reels.outcomes.js';
import type { ReelsReader } from './reels.reader.js';

/** 25 media each. */
const MAX_LIST_PAGES = 8;

const USUAL_WINDOW_SECONDS = 86_400;

/** What an account's posts and limits look like from outside; none of it changes anything. */
export class ReelsReading {
  constructor(
    private readonly client: ReelsClient,
    private readonly reader: ReelsReader,
  ) {}

  async find(ctx: PlatformContext, since: Date): Promise<FindOutcome> {
    const posts: FoundPost[] = [];
    let after: string | undefined;
    for (let page = 0; page < MAX_LIST_PAGES; page += 1) {
      const read = this.reader.read(await this.client.list(ctx, since, after), answers.mediaList);
      if (read.kind !== 'ok') return onRead(flat(read));
      const seen = read.value.data.map(foundPost);
      posts.push(...seen.filter((post) => post.createdAt >= since));
      after = read.value.paging?.cursors?.after;
      const isOlder = seen.some((post) => post.createdAt < since);
      if (isOlder || read.value.paging?.next === undefined || after === undefined) break;
    }
    return { kind: 'listed', posts };
  }

  /**
   * Views come from insights, up to 48 h late; likes and comments from the media itself, absent when hidden. A reel
   * that cannot be seen by its id yet has no numbers; that says nothing about it.
   */
  async metricsOf(ctx: PlatformContext, ids: readonly string[]): Promise<ReadonlyMap<string, MetricsOutcome>> {
    return inChunks(ids, 1, async ([id = '']) => {
      const outcome = await this.metrics(ctx, id);
      return () => outcome;
    });
  }

  private async metrics(ctx: PlatformContext, platformPostId: string): Promise<MetricsOutcome> {
    const read = this.reader.read(await this.client.media(ctx, platformPostId), answers.mediaItem);
    if (isHidden(read)) return { kind: 'no_data' };
    if (read.kind !== 'ok') return onPacedRead(flat(read));
    const insights = this.reader.read(await this.client.insights(ctx, platformPostId), answers.insights);
    const told = insights.kind === 'ok' ? insights.value.data : [];
    const [views, shares] = [valueOf(told, 'views'), valueOf(told, 'shares')];
    const { like_count: likes, comments_count: comments, permalink } = read.value;
    const given = Object.entries({ views, likes, comments, shares, permalink }).filter(
      ([, value]) => value !== undefined,
    );
    return given.length === 0 ? { kind: 'no_data' } : { kind: 'metrics', ...Object.fromEntries(given) };
  }

  async publishingLimit(ctx: PlatformContext): Promise<PublishingLimit> {
    const read = this.reader.read(await this.client.publishingLimit(ctx), answers.publishingLimit);
    if (read.kind !== 'ok') return onPacedRead(flat(read));
    const [{ quota_usage: used, config }] = read.value.data;
    return {
      kind: 'limit',
      used,
      ...(config === undefined ? {} : { total: config.quota_total }),
      windowSeconds: config?.quota_duration ?? USUAL_WINDOW_SECONDS,
    };
  }
}

const foundPost = (media: answers.Media): FoundPost => ({
  platformPostId: media.id,
  caption: media.caption ?? '',
  createdAt: new Date(media.timestamp ?? 0),
  ...(media.permalink === undefined ? {} : { permalink: media.permalink }),
});

/** No data is an empty list, not zero. */
const valueOf = (
  data: readonly { name: string; values?: { value?: unknown }[] | undefined }[],
  metric: string,
): number | undefined => {
  const value = data.find(({ name }) => name === metric)?.values?.[0]?.value;
  return typeof value === 'number' ? value : undefined;
};
