import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import type { PlatformOAuth } from '../../domain/oauth.port.js';
import type { Capability } from '../../domain/platform-name.js';
import { type Fingerprint, Platform, type PlatformContext } from '../../domain/platform.port.js';
import type { PostLink } from '../../domain/post-link.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { evidence, onPacedRead, onRead } from '../../domain/refusal.js';
import type { PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import * as answers from './shorts.answers.js';
import { SHORTS_ABSENCE, SHORTS_CAPABILITIES } from './shorts.capabilities.js';
import { ShortsClient } from './shorts.client.js';
import type { ShortsConfig } from './shorts.config.js';
import { ShortsIdentity } from './shorts.identity.js';
import { ShortsList } from './shorts.list.js';
import { checkShort } from './shorts.metadata.js';
import { ShortsOAuth } from './shorts.oauth.js';
import { silence } from './shorts.outcomes.js';
import { ShortsReader } from './shorts.reader.js';
import { readResume } from './shorts.resume.js';
import { ShortsUpload } from './shorts.upload.js';
import { ShortsVideos, VIDEOS_PER_CALL } from './shorts.videos.js';
import { shortsPostLink } from './shorts.link.js';

/** YouTube Shorts by resumable upload: the PUT that carries the last byte is the one irreversible call. */
export class ShortsAdapter extends Platform {
  readonly name = 'shorts';
  readonly absenceRule = SHORTS_ABSENCE;
  override readonly oauth: PlatformOAuth;
  override readonly metricsPerCall = VIDEOS_PER_CALL;
  private readonly client: ShortsClient;
  private readonly reader: ShortsReader;
  private readonly identity: ShortsIdentity;
  private readonly upload: ShortsUpload;
  private readonly list: ShortsList;
  private readonly videos: ShortsVideos;

  constructor(
    config: ShortsConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
    unknownCodes = new UnknownCodes(),
  ) {
    super();
    this.client = new ShortsClient(config, http);
    this.reader = new ShortsReader(clock, unknownCodes);
    this.identity = new ShortsIdentity(this.client, this.reader, clock);
    this.oauth = new ShortsOAuth(config, this.client, this.identity, this.reader, clock);
    this.upload = new ShortsUpload(this.client, this.reader, clock);
    this.list = new ShortsList(this.client, this.reader);
    this.videos = new ShortsVideos(this.client, this.reader, this.list);
  }

  override postLinkOf(url: string): PostLink | undefined {
    return shortsPostLink(url);
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
    if (token.videoId !== undefined) return this.videos.check(ctx, token, token.videoId);
    const state = await this.upload.probe(ctx, token);
    switch (state.kind) {
      case 'complete':
        return this.videos.check(ctx, token, state.video.id);
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
    return this.list.since(ctx, since);
  }

  /** Counters of many videos by their ids, at one unit of the day's quota for each 50. */
  override metricsOf(
    ctx: PlatformContext,
    platformPostIds: readonly string[],
  ): Promise<ReadonlyMap<string, outcome.MetricsOutcome>> {
    return this.videos.metrics(ctx, platformPostIds);
  }

  async remove(ctx: PlatformContext, platformPostId: string): Promise<outcome.RemoveOutcome> {
    const answer = await this.client.remove(ctx, platformPostId);
    if (answer.kind !== 'response') return onRead(silence(answer));
    if (answer.status === 204 || answer.status === 404) return { kind: 'removed' };
    const refusal = this.reader.refusal('videos.delete', answer);
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

  connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    return this.identity.connect(credentials, signal);
  }

  refresh({ externalId, credentials, signal }: PlatformContext): Promise<outcome.ConnectOutcome> {
    return this.identity.refresh(externalId, credentials, signal);
  }

  /** Opens an upload session and abandons it; without bytes nothing visible exists. Costs one insert of the day's 100. */
  private async probeUpload(ctx: PlatformContext): Promise<outcome.ProbeOutcome> {
    const startedMs = this.clock.now().getTime();
    const body = { snippet: { title: 'probe', categoryId: '22' }, status: { privacyStatus: 'private' } };
    const answer = await this.client.startSession(ctx, body, { bytes: 1024, mimeType: 'video/mp4', notify: false });
    const latencyMs = this.clock.now().getTime() - startedMs;
    if (answer.kind !== 'response') return { kind: 'bad', latencyMs, detail: answer.detail };
    if (answer.status === 200 && answer.headers['location']) return { kind: 'good', latencyMs };
    const refusal = this.reader.refusal('videos.insert', answer);
    const { httpStatus, platformCode, detail } = refusal;
    const isTheirs = refusal.kind === 'unknown' || refusal.kind === 'unavailable';
    return isTheirs
      ? { kind: 'bad', latencyMs, ...evidence({ httpStatus, platformCode, detail }) }
      : { kind: 'good', latencyMs };
  }
}
