import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import type { Capability } from '../../domain/platform-name.js';
import { type Fingerprint, Platform, type PlatformContext } from '../../domain/platform.port.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { evidence, onPacedRead, onRead } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import * as answers from './shorts.answers.js';
import { SHORTS_ABSENCE, SHORTS_CAPABILITIES } from './shorts.capabilities.js';
import { ShortsClient } from './shorts.client.js';
import type { ShortsConfig } from './shorts.config.js';
import { ShortsList } from './shorts.list.js';
import { checkShort } from './shorts.metadata.js';
import { oauthRefusal, readAnswer, refusalIn, silence, videoOutcome } from './shorts.outcomes.js';
import { readResume, type ShortsResume } from './shorts.resume.js';
import { ShortsUpload } from './shorts.upload.js';

/** YouTube Shorts by resumable upload: the PUT that carries the last byte is the one irreversible call. */
export class ShortsAdapter extends Platform {
  readonly name = 'shorts';
  readonly absenceRule = SHORTS_ABSENCE;
  private readonly client: ShortsClient;
  private readonly upload: ShortsUpload;

  constructor(
    config: ShortsConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
  ) {
    super();
    this.client = new ShortsClient(config, http);
    this.upload = new ShortsUpload(this.client, clock);
  }

  capabilities(): typeof SHORTS_CAPABILITIES {
    return SHORTS_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return checkShort(draft);
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
    return token.videoId === undefined
      ? this.upload.commit(ctx, content, token)
      : { kind: 'processing', platformPostId: token.videoId };
  }

  async check(ctx: PlatformContext, resume: outcome.ResumeToken): Promise<outcome.CheckOutcome> {
    const token = readResume(resume);
    if (token.videoId !== undefined) return this.checkVideo(ctx, token, token.videoId);
    const state = await this.upload.probe(ctx, token);
    switch (state.kind) {
      case 'complete':
        return this.checkVideo(ctx, token, state.video.id);
      case 'incomplete':
        return {
          kind: 'absent',
          httpStatus: 308,
          detail: `the session holds ${state.nextOffset} of ${token.size} bytes`,
        };
      case 'gone':
        return { kind: 'inconclusive', httpStatus: state.httpStatus, detail: 'the session is gone' };
      default:
        return onRead(state);
    }
  }

  find(ctx: PlatformContext, _fingerprint: Fingerprint, since: Date): Promise<outcome.FindOutcome> {
    return new ShortsList(this.client, this.clock).since(ctx, since);
  }

  async metrics(ctx: PlatformContext, platformPostId: string): Promise<outcome.MetricsOutcome> {
    const answer = await this.client.videos(ctx, [platformPostId], 'statistics');
    const read = readAnswer(answer, answers.videoList, this.clock.now());
    if (read.kind !== 'ok') return onPacedRead(read);
    const { viewCount, likeCount, commentCount } = read.value.items[0]?.statistics ?? {};
    const counts = { views: viewCount, likes: likeCount, comments: commentCount };
    const given = Object.entries(counts).filter(([, value]) => value !== undefined);
    if (given.length === 0) return { kind: 'no_data' };
    return { kind: 'metrics', ...Object.fromEntries(given.map(([name, value]) => [name, Number(value)])) };
  }

  async remove(ctx: PlatformContext, platformPostId: string): Promise<outcome.RemoveOutcome> {
    const answer = await this.client.remove(ctx, platformPostId);
    if (answer.kind !== 'response') return onRead(silence(answer));
    if (answer.status === 204 || answer.status === 404) return { kind: 'removed' };
    const refusal = refusalIn(answer, this.clock.now());
    return refusal.kind === 'rejected' ? refusal : onPacedRead(refusal);
  }

  probe(capability: Capability, ctx?: PlatformContext): Promise<outcome.ProbeOutcome> {
    const anonymous = { credentials: {}, signal: ctx?.signal ?? new AbortController().signal };
    switch (capability) {
      case 'auth':
        return probeLiveness(this.clock, () => this.client.refresh('', anonymous.signal), answers.oauthError);
      case 'read':
        return probeLiveness(this.clock, () => this.client.channels(anonymous), answers.errorBody);
      case 'upload':
        return ctx ? this.probeUpload(ctx) : Promise.resolve({ kind: 'skipped' });
      case 'publish':
      case 'counters':
        return Promise.resolve({ kind: 'skipped' });
    }
  }

  async connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    const answer = await this.client.channels({ credentials, signal });
    const read = readAnswer(answer, answers.channels, this.clock.now());
    if (read.kind === 'rejected') return read;
    if (read.kind !== 'ok') return onRead(read);
    const [channel] = read.value.items ?? [];
    if (!channel) {
      const detail = 'this Google account has no YouTube channel';
      return { kind: 'rejected', category: 'account_issue', platformCode: 'youtubeSignupRequired', detail };
    }
    return connected({ externalId: channel.id, displayName: channel.snippet?.title, credentials });
  }

  async refresh(ctx: PlatformContext): Promise<outcome.ConnectOutcome> {
    const now = this.clock.now();
    const answer = await this.client.refresh(ctx.credentials['refreshToken'] ?? '', ctx.signal);
    const fresh =
      answer.kind === 'response' && answer.status === 200 ? readJson(answer.text, answers.token) : undefined;
    if (!fresh) {
      const refusal = oauthRefusal(answer, now);
      return refusal.kind === 'rejected' ? refusal : onRead(refusal);
    }
    const credentials = {
      ...ctx.credentials,
      accessToken: fresh.access_token,
      // Google does not repeat the refresh token; the old one goes on.
      ...(fresh.refresh_token === undefined ? {} : { refreshToken: fresh.refresh_token }),
      ...(fresh.scope === undefined ? {} : { scope: fresh.scope }),
      expiresAt: plusMs(now, fresh.expires_in * 1000).toISOString(),
    };
    return connected({ externalId: ctx.externalId, credentials });
  }

  /** The video is there; whether it is live is asked of the video, not of the session. */
  private async checkVideo(ctx: PlatformContext, token: ShortsResume, id: string): Promise<outcome.CheckOutcome> {
    const answer = await this.client.videos(ctx, [id], 'status,processingDetails,snippet');
    const read = readAnswer(answer, answers.videoList, this.clock.now());
    if (read.kind !== 'ok')
      return { kind: 'processing', platformPostId: id, detail: 'uploaded; its status cannot be read now' };
    const [seen] = read.value.items;
    return seen
      ? videoOutcome(seen, token.privacy)
      : { kind: 'processing', platformPostId: id, detail: 'uploaded, not listed yet' };
  }

  /** Opens an upload session and abandons it; without bytes nothing visible exists. Costs one insert of the day's 100. */
  private async probeUpload(ctx: PlatformContext): Promise<outcome.ProbeOutcome> {
    const startedMs = this.clock.now().getTime();
    const body = { snippet: { title: 'probe', categoryId: '22' }, status: { privacyStatus: 'private' } };
    const answer = await this.client.startSession(ctx, body, { bytes: 1024, mimeType: 'video/mp4', notify: false });
    const latencyMs = this.clock.now().getTime() - startedMs;
    if (answer.kind !== 'response') return { kind: 'bad', latencyMs, detail: answer.detail };
    if (answer.status === 200 && answer.headers['location']) return { kind: 'good', latencyMs };
    const refusal = refusalIn(answer, this.clock.now());
    const { httpStatus, platformCode, detail } = refusal;
    const isTheirs = refusal.kind === 'unknown' || refusal.kind === 'unavailable';
    return isTheirs
      ? { kind: 'bad', latencyMs, ...evidence({ httpStatus, platformCode, detail }) }
      : { kind: 'good', latencyMs };
  }
}

const connected = (owner: {
  externalId: string;
  displayName?: string | undefined;
  credentials: outcome.Credentials;
}): outcome.ConnectOutcome => {
  const { expiresAt, scope } = owner.credentials;
  return {
    kind: 'connected',
    externalId: owner.externalId,
    displayName: owner.displayName ?? owner.externalId,
    credentials: owner.credentials,
    scopes: scope?.split(' ') ?? [],
    ...(expiresAt === undefined ? {} : { tokenExpiresAt: new Date(expiresAt) }),
  };
};
