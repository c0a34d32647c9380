import type { Call, Reply } from '../http/call.js';
import { drain, header } from '../http/call.js';
import type { World } from '../world/world.js';
import type { FilePlan } from './tiktok-init.js';
import type { TikTokPublishing } from './tiktok-publishing.js';
import type { TikTokPublish, TikTokState } from './tiktok-state.js';

const URL_LIFE_MS = 3_600_000;
const VIDEO_TYPES = ['video/mp4', 'video/quicktime', 'video/webm'];

/** `PUT {upload_url}` of `platforms.md` 1.5: strictly in order; the last byte makes it a post. */
export class TikTokUpload {
  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
    private readonly publishing: TikTokPublishing,
  ) {}

  find(call: Call): TikTokPublish | undefined {
    const publish = this.state.uploads.get(call.url.searchParams.get('upload_id') ?? '');
    return publish?.uploadToken === call.url.searchParams.get('upload_token') ? publish : undefined;
  }

  async put(call: Call): Promise<Reply> {
    const publish = this.find(call);
    const file = publish?.request.file;
    const refusal = publish && file ? this.refusal(call, publish, file) : 404;
    if (!publish || !file || refusal) {
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
    const headers = { 'content-range': `bytes 0-${tally.bytes}/${file.videoSize}` };
    if (tally.bytes < file.videoSize) return { status: 206, headers };
    this.publishing.accept(publish);
    return { status: 201, headers };
  }

  private refusal(call: Call, publish: TikTokPublish, file: FilePlan): number | undefined {
    if (this.world.clock.nowMs() > publish.createdMs + URL_LIFE_MS) return 403;
    const range = rangeOf(call);
    if (!range || range[2] !== file.videoSize) return 400;
    if (!VIDEO_TYPES.includes(header(call, 'content-type') ?? '')) return 400;
    const [first, last] = range;
    if (header(call, 'content-length') !== String(last - first + 1)) return 400;
    if (first !== publish.tally.bytes) return 416;
    const index = Math.floor(first / file.chunkSize);
    const isLast = index >= file.chunkCount - 1;
    const chunkEnd = isLast ? file.videoSize - 1 : (index + 1) * file.chunkSize - 1;
    return last === chunkEnd ? undefined : 400;
  }
}

/** `bytes first-last/total` */
const rangeOf = (call: Call): [number, number, number] | undefined => {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header(call, 'content-range') ?? '');
  if (!match) return undefined;
  const [first, last, total] = match.slice(1).map(Number) as [number, number, number];
  return last >= first && last < total ? [first, last, total] : undefined;
};
