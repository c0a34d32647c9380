import type { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { beforeCommit } from '../../domain/refusal.js';
import * as answers from './tiktok.answers.js';
import type { Chunk, TikTokClient } from './tiktok.client.js';
import { type TikTokConfig, UPLOAD_URL_LIFETIME_MS } from './tiktok.config.js';
import { fileInit, type InitFacts, isForEverybody } from './tiktok.init-request.js';
import type { TikTokReader } from './tiktok.reader.js';
import type { FileResume } from './tiktok.resume.js';
import { CHUNK_BYTES, lastChunkStart } from './tiktok.upload-plan.js';

const MAX_RESTARTS = 2;

/** How a new publish begins once the pre-flight has allowed it; `restarts` counts those that died before. */
export type Begin = (restarts: number) => Promise<outcome.PrepareOutcome>;

/** FILE_UPLOAD: everything up to, and without, the last chunk (`platforms.md` 1.4, 1.5). */
export class TikTokUpload {
  constructor(
    private readonly config: TikTokConfig,
    private readonly client: TikTokClient,
    private readonly reader: TikTokReader,
    private readonly clock: Clock,
  ) {}

  /** An orphaned init is harmless: without its bytes it can never become a post. */
  async init(ctx: PlatformContext, facts: InitFacts, restarts: number): Promise<outcome.PrepareOutcome> {
    const now = this.clock.now();
    const init = this.reader.read('init', await this.client.init(ctx, fileInit(facts)), answers.init);
    if (init.kind !== 'ok') return beforeCommit(init);
    const username = facts.creator.creator_username;
    const token: FileResume = {
      source: 'file',
      handle: init.value.data.publish_id,
      secretUploadUrl: init.value.data.upload_url,
      size: facts.content.media.bytes,
      nextOffset: 0,
      urlExpiresAt: plusMs(now, this.config.uploadUrlLifetimeMs ?? UPLOAD_URL_LIFETIME_MS).toISOString(),
      restarts,
      isPublic: isForEverybody(facts),
      ...(username === undefined ? {} : { username }),
    };
    return { kind: lastChunkStart(token.size) === 0 ? 'ready' : 'saved', resume: token };
  }

  async resume(
    ctx: PlatformContext,
    content: PublishContent,
    token: FileResume,
    begin: Begin,
  ): Promise<outcome.PrepareOutcome> {
    if (token.nextOffset >= lastChunkStart(token.size)) return this.again(ctx, token, begin);
    if (this.isExpired(token)) return restart(token, begin);
    const answer = await this.client.put(this.nextChunk(content, token), ctx.signal, false);
    if (answer.kind !== 'response') return { kind: 'unavailable', detail: answer.detail };
    const { status: httpStatus } = answer;
    switch (httpStatus) {
      case 206:
        return advanced(token, chunkEnd(token) + 1);
      case 403:
      case 404:
        return restart(token, begin);
      case 416:
        return this.realign(ctx, token);
      case 400:
        return {
          kind: 'rejected',
          category: 'platform_rejected',
          httpStatus,
          detail: 'a chunk was refused as malformed',
        };
      default:
        return { kind: 'unavailable', httpStatus };
    }
  }

  isExpired(token: FileResume): boolean {
    return this.clock.now().toISOString() >= token.urlExpiresAt;
  }

  private nextChunk(content: PublishContent, token: FileResume): Chunk {
    const first = token.nextOffset;
    const last = chunkEnd(token);
    const body = content.media.open(first, last);
    return { url: token.secretUploadUrl, mimeType: content.media.mimeType, first, last, total: token.size, body };
  }

  /**
   * The last chunk of this publish was tried before and nothing came of it: the platform says whether the handle is
   * still good for another try, or dead.
   */
  private async again(ctx: PlatformContext, token: FileResume, begin: Begin): Promise<outcome.PrepareOutcome> {
    const read = this.reader.read('status', await this.client.status(ctx, token.handle), answers.status);
    if (read.kind === 'rejected') return begin(0);
    if (read.kind !== 'ok') return beforeCommit(read);
    const { status, uploaded_bytes: uploaded = 0 } = read.value.data;
    if (status === 'FAILED') return begin(0);
    if (status !== 'PROCESSING_UPLOAD' || uploaded >= token.size)
      return { kind: 'ready', resume: { ...token, isWhole: true } };
    return this.isExpired(token) ? begin(0) : advanced(token, uploaded);
  }

  /** The server stands elsewhere than we thought: its own count decides. */
  private async realign(ctx: PlatformContext, token: FileResume): Promise<outcome.PrepareOutcome> {
    const read = this.reader.read('status', await this.client.status(ctx, token.handle), answers.status);
    if (read.kind !== 'ok') return beforeCommit(read);
    const uploaded = read.value.data.uploaded_bytes;
    return uploaded === undefined || uploaded === token.nextOffset || uploaded > lastChunkStart(token.size)
      ? { kind: 'unavailable', httpStatus: 416, detail: 'chunk range and server progress do not meet' }
      : advanced(token, uploaded);
  }
}

/** After a server-side count we may stand inside a chunk: end on the next boundary, never in the last chunk. */
const chunkEnd = ({ nextOffset, size }: FileResume): number =>
  Math.min((Math.floor(nextOffset / CHUNK_BYTES) + 1) * CHUNK_BYTES, lastChunkStart(size)) - 1;

const advanced = (token: FileResume, nextOffset: number): outcome.PrepareOutcome => ({
  kind: nextOffset >= lastChunkStart(token.size) ? 'ready' : 'saved',
  resume: { ...token, nextOffset },
});

/** The old publish never got its last chunk, so it cannot become a post. */
const restart = (token: FileResume, begin: Begin): Promise<outcome.PrepareOutcome> =>
  token.restarts < MAX_RESTARTS
    ? begin(token.restarts + 1)
    : Promise.resolve({ kind: 'unavailable', detail: 'every upload URL died before the last chunk' });
