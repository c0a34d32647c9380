import { Duration } from 'luxon';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { FindOutcome, FoundPost } from '../../domain/publish-outcome.js';
import { onRead } from '../../domain/refusal.js';
import * as answers from './shorts.answers.js';
import type { ShortsClient } from './shorts.client.js';
import { markerIn } from './shorts.metadata.js';
import { permalinkOf, type Read } from './shorts.outcomes.js';
import type { ShortsReader } from './shorts.reader.js';

/** 50 videos each. */
const MAX_PAGES = 4;
const DEAD: ReadonlySet<string> = new Set(['failed', 'rejected', 'deleted']);

/** The owner's uploads, private ones included; tags (and our marker) come from `videos.list` (`platforms.md` 3.6). */
export class ShortsList {
  constructor(
    private readonly client: ShortsClient,
    private readonly reader: ShortsReader,
  ) {}

  async since(ctx: PlatformContext, since: Date): Promise<FindOutcome> {
    const channels = this.reader.read('channels', await this.client.channels(ctx), answers.channels);
    if (channels.kind !== 'ok') return onRead(channels);
    const playlist = channels.value.items?.[0]?.contentDetails?.relatedPlaylists.uploads;
    if (playlist === undefined) return { kind: 'unavailable', detail: 'no uploads playlist' };
    const posts: FoundPost[] = [];
    let pageToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await this.client.playlistItems(ctx, playlist, pageToken);
      const read = this.reader.read('playlistItems', answer, answers.playlistItems);
      if (read.kind !== 'ok') return onRead(read);
      const young = read.value.items.filter(({ snippet }) => new Date(snippet.publishedAt) >= since);
      const details = await this.details(
        ctx,
        young.map(({ snippet }) => snippet.resourceId.videoId),
      );
      if (details.kind !== 'ok') return onRead(details);
      posts.push(...details.value);
      pageToken = read.value.nextPageToken;
      if (young.length < read.value.items.length || pageToken === undefined) break;
    }
    return { kind: 'listed', posts };
  }

  private async details(ctx: PlatformContext, ids: readonly string[]): Promise<Read<readonly FoundPost[]>> {
    if (ids.length === 0) return { kind: 'ok', value: [] };
    const answer = await this.client.videos(ctx, ids, 'snippet,contentDetails,status');
    const read = this.reader.read('videos', answer, answers.videoList);
    if (read.kind !== 'ok') return read;
    // What YouTube refused stays in the owner's list, but is no post.
    const alive = read.value.items.filter(({ status }) => !DEAD.has(status?.uploadStatus ?? ''));
    return { kind: 'ok', value: alive.map(foundPost) };
  }
}

const foundPost = (seen: answers.Video): FoundPost => {
  const marker = markerIn(seen.snippet?.tags ?? []);
  const durationMs = Duration.fromISO(seen.contentDetails?.duration ?? '').toMillis();
  return {
    platformPostId: seen.id,
    caption: seen.snippet?.description ?? '',
    createdAt: new Date(seen.snippet?.publishedAt ?? 0),
    permalink: permalinkOf(seen.id),
    // While YouTube works on a video its duration reads as zero.
    ...(Number.isFinite(durationMs) && durationMs > 0 ? { durationMs } : {}),
    ...(marker === undefined ? {} : { marker }),
  };
};
