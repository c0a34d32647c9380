import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import { inChunks } from '../../domain/metrics-chunks.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { CheckOutcome, MetricsOutcome, Rejected } from '../../domain/publish-outcome.js';
import { onPacedRead } from '../../domain/refusal.js';
import * as answers from './shorts.answers.js';
import type { ShortsClient } from './shorts.client.js';
import type { ShortsList } from './shorts.list.js';
import { DUPLICATE, videoOutcome } from './shorts.outcomes.js';
import type { ShortsReader } from './shorts.reader.js';
import type { ShortsResume } from './shorts.resume.js';

/** Ids per `videos.list` (`platforms.md` 3.5). */
export const VIDEOS_PER_CALL = 50;
/** How long before this session an earlier try of the same target may have been made: as long as reconciliation lasts. */
const EARLIER_TRIES_MS = 3 * DAY_MS;

/** What became of uploaded videos, and what the audience did with them. */
export class ShortsVideos {
  constructor(
    private readonly client: ShortsClient,
    private readonly reader: ShortsReader,
    private readonly list: ShortsList,
  ) {}

  /** The video is there; whether it is live is asked of the video, not of the session. */
  async check(ctx: PlatformContext, token: ShortsResume, id: string): Promise<CheckOutcome> {
    const outcome = await this.stateOf(ctx, token, id);
    return outcome.kind === 'rejected' && outcome.platformCode === DUPLICATE
      ? this.checkTwin(ctx, token, { id, duplicate: outcome })
      : outcome;
  }

  /** Counters of any number of videos; ids that YouTube does not show are `no_data`. One call for each 50. */
  metrics(ctx: PlatformContext, ids: readonly string[]): Promise<ReadonlyMap<string, MetricsOutcome>> {
    return inChunks(ids, VIDEOS_PER_CALL, async (asked) => {
      const answer = await this.client.videos(ctx, asked, 'statistics');
      const read = this.reader.read('videos.list', answer, answers.videoList);
      const seen = new Map(read.kind === 'ok' ? read.value.items.map((item) => [item.id, item]) : []);
      return (id) => (read.kind === 'ok' ? countsOf(seen.get(id)) : onPacedRead(read));
    });
  }

  private async stateOf(ctx: PlatformContext, token: ShortsResume, id: string): Promise<CheckOutcome> {
    const answer = await this.client.videos(ctx, [id], 'status,processingDetails,snippet');
    const read = this.reader.read('videos.list', answer, answers.videoList);
    if (read.kind === 'unauthorised') return read;
    if (read.kind !== 'ok')
      return { kind: 'processing', platformPostId: id, detail: 'uploaded; its status cannot be read now' };
    const [seen] = read.value.items;
    return seen
      ? videoOutcome(seen, token.privacy)
      : { kind: 'processing', platformPostId: id, detail: 'uploaded, not listed yet' };
  }

  /** `duplicate` proves that the channel has the video: the one with our marker is an earlier try that landed. */
  private async checkTwin(
    ctx: PlatformContext,
    token: ShortsResume,
    { id, duplicate }: { id: string; duplicate: Rejected },
  ): Promise<CheckOutcome> {
    const refused: Rejected = { ...duplicate, detail: 'The channel has this very video already.' };
    if (token.marker === undefined || token.startedAt === undefined) return refused;
    const listed = await this.list.since(ctx, plusMs(new Date(token.startedAt), -EARLIER_TRIES_MS));
    if (listed.kind === 'unsupported') return refused;
    if (listed.kind !== 'listed') return listed;
    const twin = listed.posts.find((post) => post.marker === token.marker && post.platformPostId !== id);
    return twin ? this.stateOf(ctx, token, twin.platformPostId) : refused;
  }
}

/** Statistics are strings, and hidden ones are absent. */
const countsOf = (seen: answers.Video | undefined): MetricsOutcome => {
  const { viewCount, likeCount, commentCount } = seen?.statistics ?? {};
  const counts = { views: viewCount, likes: likeCount, comments: commentCount };
  const given = Object.entries(counts).flatMap(([name, value]) =>
    value !== undefined && /^\d+$/.test(value) ? [[name, Number(value)] as const] : [],
  );
  return given.length === 0 ? { kind: 'no_data' } : { kind: 'metrics', ...Object.fromEntries(given) };
};
