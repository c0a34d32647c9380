import type { Call, Reply } from '../http/call.js';
import { drain, header } from '../http/call.js';
import { markerIn } from '../truth/truth-feed.js';
import { drawFailure, drawLatenessMs, runProcessing } from '../world/processing.js';
import type { World } from '../world/world.js';
import type { TikTokPublish, TikTokState } from './tiktok-state.js';

const URL_LIFE_MS = 3_600_000;
const VIDEO_TYPES = ['video/mp4', 'video/quicktime', 'video/webm'];
/** The first public post id; over 2^53 on purpose, as the real ones are. */
const FIRST_POST_ID = 7_460_000_000_000_000_000n;

/** `PUT {upload_url}` of `platforms.md` 1.5: strictly in order; the last byte makes it a post. */
export class TikTokUpload {
  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
  ) {}

  find(call: Call): TikTokPublish | undefined {
    const publish = this.state.uploads.get(call.url.searchParams.get('upload_id') ?? '');
    return publish?.uploadToken === call.url.searchParams.get('upload_token') ? publish : undefined;
  }

  async put(call: Call): Promise<Reply> {
    const publish = this.find(call);
    const refusal = this.refusal(call, publish);
    if (!publish || refusal) {
      await drain(call.request);
      return { status: refusal ?? 404 };
    }
    const [first, last] = rangeOf(call) as [number, number, number];
    const length = last - first + 1;
    const partial = this.world.faults.draw(['partial-upload'], {
      platform: 'tiktok',
      step: 'upload',
      account: publish.account,
    });
    const tally = publish.tally.copy();
    await tally.addFrom(call.request, partial ? Math.floor(length / 2) : length);
    publish.tally = tally;
    const headers = { 'content-range': `bytes 0-${tally.bytes}/${publish.videoSize}` };
    if (tally.bytes < publish.videoSize) return { status: 206, headers };
    this.accept(publish);
    return { status: 201, headers };
  }

  private refusal(call: Call, publish: TikTokPublish | undefined): number | undefined {
    if (!publish) return 404;
    if (this.world.clock.nowMs() > publish.createdMs + URL_LIFE_MS) return 403;
    const range = rangeOf(call);
    if (!range || range[2] !== publish.videoSize) return 400;
    if (!VIDEO_TYPES.includes(header(call, 'content-type') ?? '')) return 400;
    const [first, last] = range;
    const length = last - first + 1;
    if (header(call, 'content-length') !== String(length)) return 400;
    if (first !== publish.tally.bytes) return 416;
    const index = Math.floor(first / publish.chunkSize);
    const isLast = index >= publish.chunkCount - 1;
    const chunkEnd = isLast ? publish.videoSize - 1 : (index + 1) * publish.chunkSize - 1;
    return last === chunkEnd ? undefined : 400;
  }

  private accept(publish: TikTokPublish): void {
    const { account, title, publishId } = publish;
    const { tiktokProcessingMs } = this.world.settings;
    const failReason = drawFailure(this.world, account, 'internal');
    publish.post = {
      platform: 'tiktok',
      accountExternalId: account.externalId,
      platformPostId: null,
      handle: publishId,
      caption: title,
      ...markerIn([title]),
      createdAt: this.world.clock.iso(),
      liveAt: null,
      ...publish.tally.facts(),
    };
    const latenessMs = drawLatenessMs(this.world, account);
    if (failReason === undefined) this.world.truth.accept(publish.post);
    runProcessing(this.world, account, tiktokProcessingMs + latenessMs, () => this.finish(publish, failReason));
  }

  private finish(publish: TikTokPublish, failReason: string | undefined): void {
    const { post } = publish;
    if (!post) return;
    if (failReason !== undefined) {
      Object.assign(publish, { status: 'FAILED', failReason });
      return;
    }
    publish.status = 'PUBLISH_COMPLETE';
    this.world.truth.markLive(post);
    if (!publish.isPublic) return;
    this.world.clock.after(this.world.settings.tiktokPublicIdMs, () => {
      publish.publicId = this.world.ids.number(FIRST_POST_ID);
      post.platformPostId = String(publish.publicId);
    });
  }
}

/** `bytes first-last/total` */
const rangeOf = (call: Call): [number, number, number] | undefined => {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header(call, 'content-range') ?? '');
  if (!match) return undefined;
  const [first, last, total] = match.slice(1).map(Number) as [number, number, number];
  return last >= first && last < total ? [first, last, total] : undefined;
};
