import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import { checkCommonRules, within } from '../../domain/content-rules.js';
import type { Capability } from '../../domain/platform-name.js';
import { type Fingerprint, Platform, type PlatformContext } from '../../domain/platform.port.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { beforeCommit, onPacedRead, onRead } from '../../domain/refusal.js';
import type { PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import * as answers from './tiktok.answers.js';
import { TIKTOK_ABSENCE, TIKTOK_CAPABILITIES, TIKTOK_FPS, TIKTOK_SIDE, TIKTOK_SOURCE } from './tiktok.capabilities.js';
import { TikTokClient } from './tiktok.client.js';
import { type TikTokConfig, UPLOAD_URL_LIFETIME_MS } from './tiktok.config.js';
import { commitOutcome, checkOutcome, connectOutcome, foundPost } from './tiktok.reading.js';
import { initRequest, refusedByCreator } from './tiktok.init-request.js';
import { oauthRefusal, readEnvelope } from './tiktok.outcomes.js';
import { readResume, type TikTokResume } from './tiktok.resume.js';
import { CHUNK_BYTES, lastChunkStart } from './tiktok.upload-plan.js';

const MAX_RESTARTS = 2;
const MAX_LIST_PAGES = 5;

/** TikTok direct post by FILE_UPLOAD: the PUT that carries the last byte is the one irreversible call. */
export class TikTokAdapter extends Platform {
  readonly name = 'tiktok';
  readonly absenceRule = TIKTOK_ABSENCE;
  private readonly client: TikTokClient;

  constructor(
    private readonly config: TikTokConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
  ) {
    super();
    this.client = new TikTokClient(config, http);
  }

  capabilities(): typeof TIKTOK_CAPABILITIES {
    return TIKTOK_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    const { width, height, fps } = draft.media;
    const side = { field: 'media', unit: 'pixels per side', source: TIKTOK_SOURCE, ...TIKTOK_SIDE };
    const rate = { field: 'media', rule: 'video.fps', unit: 'frames per second', source: TIKTOK_SOURCE, ...TIKTOK_FPS };
    return [
      ...checkCommonRules(draft, TIKTOK_CAPABILITIES, TIKTOK_SOURCE),
      ...within(Math.min(width, height), { ...side, rule: 'video.min_side' }),
      ...within(Math.max(width, height), { ...side, rule: 'video.max_side' }),
      ...(fps > 0 ? within(Math.round(fps), rate) : []),
    ];
  }

  async prepare(
    ctx: PlatformContext,
    content: PublishContent,
    resume?: outcome.ResumeToken,
  ): Promise<outcome.PrepareOutcome> {
    if (!resume) return this.begin(ctx, content, 0);
    const token = readResume(resume);
    if (this.clock.now().toISOString() >= token.urlExpiresAt) return this.restart(ctx, content, token);
    return token.nextOffset >= lastChunkStart(token.size)
      ? { kind: 'ready', resume: token }
      : this.sendChunk(ctx, content, token);
  }

  async commit(
    ctx: PlatformContext,
    content: PublishContent,
    resume: outcome.ResumeToken,
  ): Promise<outcome.CommitOutcome> {
    const token = readResume(resume);
    const first = token.nextOffset;
    const last = token.size - 1;
    const body = content.media.open(first, last);
    const chunk = {
      url: token.secretUploadUrl,
      mimeType: content.media.mimeType,
      first,
      last,
      total: token.size,
      body,
    };
    const answer = await this.client.put(chunk, ctx.signal, true);
    return commitOutcome(answer, { isExpired: this.clock.now().toISOString() >= token.urlExpiresAt });
  }

  async check(ctx: PlatformContext, resume: outcome.ResumeToken): Promise<outcome.CheckOutcome> {
    const token = readResume(resume);
    const read = readEnvelope(await this.client.status(ctx, token.handle), answers.status, this.clock.now());
    return checkOutcome(read, token, this.clock.now());
  }

  async find(ctx: PlatformContext, _fingerprint: Fingerprint, since: Date): Promise<outcome.FindOutcome> {
    const posts: outcome.FoundPost[] = [];
    let cursor: number | undefined;
    for (let page = 0; page < MAX_LIST_PAGES; page += 1) {
      const read = readEnvelope(await this.client.list(ctx, cursor), answers.videos, this.clock.now());
      if (read.kind !== 'ok') return onRead(read);
      const seen = (read.value.data.videos ?? []).map(foundPost);
      posts.push(...seen.filter((post) => post.createdAt >= since));
      cursor = read.value.data.cursor;
      const isOlder = seen.some((post) => post.createdAt < since);
      if (isOlder || read.value.data.has_more !== true || cursor === undefined) break;
    }
    return { kind: 'listed', posts };
  }

  async metrics(ctx: PlatformContext, platformPostId: string): Promise<outcome.MetricsOutcome> {
    const read = readEnvelope(await this.client.query(ctx, platformPostId), answers.videos, this.clock.now());
    if (read.kind !== 'ok') return onPacedRead(read);
    const video = read.value.data.videos?.[0];
    if (!video) return { kind: 'no_data' };
    return {
      kind: 'metrics',
      ...(video.view_count === undefined ? {} : { views: video.view_count }),
      ...(video.like_count === undefined ? {} : { likes: video.like_count }),
      ...(video.comment_count === undefined ? {} : { comments: video.comment_count }),
    };
  }

  remove(): Promise<outcome.RemoveOutcome> {
    return Promise.resolve({ kind: 'unsupported' });
  }

  probe(capability: Capability, ctx?: PlatformContext): Promise<outcome.ProbeOutcome> {
    const anonymous = { credentials: {}, signal: ctx?.signal ?? new AbortController().signal };
    switch (capability) {
      case 'auth':
        return probeLiveness(this.clock, () => this.client.refresh('', anonymous.signal), answers.oauthError);
      case 'read':
        return probeLiveness(this.clock, () => this.client.user(anonymous), answers.envelope);
      case 'upload':
        // The pre-flight that every post begins with; its blocking codes concern the account, not the platform.
        if (!ctx) return Promise.resolve({ kind: 'skipped' });
        return probeLiveness(this.clock, () => this.client.creatorInfo(ctx), answers.envelope);
      case 'publish':
      case 'counters':
        return Promise.resolve({ kind: 'skipped' });
    }
  }

  async connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    const read = readEnvelope(await this.client.user({ credentials, signal }), answers.user, this.clock.now());
    if (read.kind === 'rejected') return read;
    if (read.kind !== 'ok') return onRead(read);
    const { open_id: externalId, display_name: displayName } = read.value.data.user;
    return connectOutcome({ externalId, displayName, credentials });
  }

  async refresh(ctx: PlatformContext): Promise<outcome.ConnectOutcome> {
    const now = this.clock.now();
    const answer = await this.client.refresh(ctx.credentials['refreshToken'] ?? '', ctx.signal);
    // Decided by the presence of a token: errors may come with HTTP 200.
    const fresh = answer.kind === 'response' ? answers.readToken(answer.text) : undefined;
    if (!fresh) {
      const refusal = oauthRefusal(answer, now);
      return refusal.kind === 'rejected' ? refusal : onRead(refusal);
    }
    const credentials = {
      ...ctx.credentials,
      accessToken: fresh.access_token,
      refreshToken: fresh.refresh_token,
      expiresAt: plusMs(now, fresh.expires_in * 1000).toISOString(),
      ...(fresh.scope === undefined ? {} : { scope: fresh.scope }),
    };
    return connectOutcome({ externalId: fresh.open_id ?? ctx.externalId, credentials });
  }

  /** Pre-flight and init. An orphaned init is harmless: without its bytes it can never become a post. */
  private async begin(
    ctx: PlatformContext,
    content: PublishContent,
    restarts: number,
  ): Promise<outcome.PrepareOutcome> {
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
