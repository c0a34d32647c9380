import type { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { beforeCommit } from '../../domain/refusal.js';
import * as answers from './tiktok.answers.js';
import type { TikTokClient } from './tiktok.client.js';
import { type TikTokConfig, UPLOAD_URL_LIFETIME_MS } from './tiktok.config.js';
import { initRequest, refusedByCreator } from './tiktok.init-request.js';
import { readEnvelope } from './tiktok.outcomes.js';
import type { TikTokResume } from './tiktok.resume.js';
import { CHUNK_BYTES, lastChunkStart } from './tiktok.upload-plan.js';

const MAX_RESTARTS = 2;

/** Everything up to, and without, the last chunk (`platforms.md` 1.3 to 1.5). */
export class TikTokUpload {
  constructor(
    private readonly config: TikTokConfig,
    private readonly client: TikTokClient,
    private readonly clock: Clock,
  ) {}

  async resume(ctx: PlatformContext, content: PublishContent, token: TikTokResume): Promise<outcome.PrepareOutcome> {
    if (this.clock.now().toISOString() >= token.urlExpiresAt) return this.restart(ctx, content, token);
    return token.nextOffset >= lastChunkStart(token.size)
      ? { kind: 'ready', resume: token }
      : this.sendChunk(ctx, content, token);
  }

  /** Pre-flight and init. An orphaned init is harmless: without its bytes it can never become a post. */
  async begin(ctx: PlatformContext, content: PublishContent, restarts: number): Promise<outcome.PrepareOutcome> {
    const now = this.clock.now();
    const creator = readEnvelope(await this.client.creatorInfo(ctx), answers.creatorInfo, now);
    if (creator.kind !== 'ok') return beforeCommit(creator);
    const refused = refusedByCreator(content, creator.value.data);
    if (refused) return refused;
    const init = readEnvelope(await this.client.init(ctx, initRequest(content, creator.value.data)), answers.init, now);
    if (init.kind !== 'ok') return beforeCommit(init);
    const username = creator.value.data.creator_username;
    const token: TikTokResume = {
      handle: init.value.data.publish_id,
      secretUploadUrl: init.value.data.upload_url,
      size: content.media.bytes,
      nextOffset: 0,
      urlExpiresAt: plusMs(now, this.config.uploadUrlLifetimeMs ?? UPLOAD_URL_LIFETIME_MS).toISOString(),
      restarts,
      ...(username === undefined ? {} : { username }),
    };
    return { kind: lastChunkStart(token.size) === 0 ? 'ready' : 'saved', resume: token };
  }

  /** The old publish never got its last chunk, so it cannot become a post. */
  private restart(ctx: PlatformContext, content: PublishContent, token: TikTokResume): Promise<outcome.PrepareOutcome> {
    if (token.restarts < MAX_RESTARTS) return this.begin(ctx, content, token.restarts + 1);
    return Promise.resolve({ kind: 'unavailable', detail: 'every upload URL died before the last chunk' });
  }

  private async sendChunk(
    ctx: PlatformContext,
    content: PublishContent,
    token: TikTokResume,
  ): Promise<outcome.PrepareOutcome> {
    const first = token.nextOffset;
    // After a server-side count we may stand inside a chunk: end on the next boundary, never in the last chunk.
    const last = Math.min((Math.floor(first / CHUNK_BYTES) + 1) * CHUNK_BYTES, lastChunkStart(token.size)) - 1;
    const body = content.media.open(first, last);
    const chunk = {
      url: token.secretUploadUrl,
      mimeType: content.media.mimeType,
      first,
      last,
      total: token.size,
      body,
    };
    const answer = await this.client.put(chunk, ctx.signal, false);
    if (answer.kind !== 'response') return { kind: 'unavailable', detail: answer.detail };
    if (answer.status === 206) return this.advanced(token, last + 1);
    if (answer.status === 403 || answer.status === 404) return this.restart(ctx, content, token);
    if (answer.status === 416) return this.realign(ctx, token);
    return answer.status === 400
      ? {
          kind: 'rejected',
          category: 'platform_rejected',
          httpStatus: 400,
          detail: 'the chunk was refused as malformed',
        }
      : { kind: 'unavailable', httpStatus: answer.status };
  }

  /** The server stands elsewhere than we thought: its own count decides. */
  private async realign(ctx: PlatformContext, token: TikTokResume): Promise<outcome.PrepareOutcome> {
    const read = readEnvelope(await this.client.status(ctx, token.handle), answers.status, this.clock.now());
    if (read.kind !== 'ok') return beforeCommit(read);
    const uploaded = read.value.data.uploaded_bytes;
    return uploaded === undefined || uploaded === token.nextOffset || uploaded > lastChunkStart(token.size)
      ? { kind: 'unavailable', httpStatus: 416, detail: 'chunk range and server progress do not meet' }
      : this.advanced(token, uploaded);
  }

  private advanced(token: TikTokResume, nextOffset: number): outcome.PrepareOutcome {
    const kind = nextOffset >= lastChunkStart(token.size) ? 'ready' : 'saved';
    return { kind, resume: { ...token, nextOffset } };
  }
}
