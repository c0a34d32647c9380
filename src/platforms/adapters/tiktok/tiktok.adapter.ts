import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import { checkRules } from '../../domain/content-rules.js';
import type { Capability } from '../../domain/platform-name.js';
import { type Fingerprint, Platform, type PlatformContext } from '../../domain/platform.port.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { onPacedRead, onRead } from '../../domain/refusal.js';
import type { PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import * as answers from './tiktok.answers.js';
import { TIKTOK_ABSENCE, TIKTOK_CAPABILITIES, TIKTOK_RULES } from './tiktok.capabilities.js';
import { TikTokClient } from './tiktok.client.js';
import type { TikTokConfig } from './tiktok.config.js';
import { commitOutcome, checkOutcome, connectOutcome, foundPost } from './tiktok.reading.js';
import { oauthRefusal, readEnvelope } from './tiktok.outcomes.js';
import { readResume } from './tiktok.resume.js';
import { TikTokUpload } from './tiktok.upload.js';

const MAX_LIST_PAGES = 5;

/** TikTok direct post by FILE_UPLOAD: the PUT that carries the last byte is the one irreversible call. */
export class TikTokAdapter extends Platform {
  readonly name = 'tiktok';
  readonly absenceRule = TIKTOK_ABSENCE;
  private readonly client: TikTokClient;
  private readonly upload: TikTokUpload;

  constructor(
    config: TikTokConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
  ) {
    super();
    this.client = new TikTokClient(config, http);
    this.upload = new TikTokUpload(config, this.client, clock);
  }

  capabilities(): typeof TIKTOK_CAPABILITIES {
    return TIKTOK_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return checkRules(draft, TIKTOK_RULES);
  }

  prepare(
    ctx: PlatformContext,
    content: PublishContent,
    resume?: outcome.ResumeToken,
  ): Promise<outcome.PrepareOutcome> {
    return resume ? this.upload.resume(ctx, content, readResume(resume)) : this.upload.begin(ctx, content, 0);
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
}
