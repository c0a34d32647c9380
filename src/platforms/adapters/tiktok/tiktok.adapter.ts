import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import type { Capability } from '../../domain/platform-name.js';
import { type AbsenceRule, type Fingerprint, Platform, type PlatformContext } from '../../domain/platform.port.js';
import type { PostLink } from '../../domain/post-link.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { beforeCommit, onPacedRead, onRead } from '../../domain/refusal.js';
import type { PlatformHttp } from '../../infrastructure/platform-http.js';
import { inChunks } from '../../domain/metrics-chunks.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import * as answers from './tiktok.answers.js';
import { LOST_PULL_ABSENCE, TIKTOK_ABSENCE, TIKTOK_CAPABILITIES } from './tiktok.capabilities.js';
import { TikTokClient } from './tiktok.client.js';
import type { TikTokConfig } from './tiktok.config.js';
import { refusedByCreator } from './tiktok.init-request.js';
import { TikTokOAuth } from './tiktok.oauth.js';
import { oauthRefusal } from './tiktok.outcomes.js';
import { TikTokPull } from './tiktok.pull.js';
import { TikTokReader } from './tiktok.reader.js';
import {
  checkOutcome,
  commitOutcome,
  credentialsOf,
  foundPost,
  identityOf,
  metricsIn,
  unknownIn,
} from './tiktok.reading.js';
import { hasHandle, readResume } from './tiktok.resume.js';
import { tiktokViolations, UNAUDITED_NOTICES } from './tiktok.rules.js';
import { TikTokUpload } from './tiktok.upload.js';
import { TikTokWebhook } from './tiktok.webhook.js';
import { tiktokPostLink } from './tiktok.link.js';

const MAX_LIST_PAGES = 5;

/** TikTok direct post. FILE_UPLOAD: the PUT of the last chunk is irreversible; PULL_FROM_URL: the init is. */
export class TikTokAdapter extends Platform {
  readonly name = 'tiktok';
  readonly absenceRule = TIKTOK_ABSENCE;
  override readonly oauth: TikTokOAuth;
  override readonly webhook: TikTokWebhook;
  /** `video/query` takes this many ids (`platforms.md` 1.11). */
  override readonly metricsPerCall = 20;
  private readonly client: TikTokClient;
  private readonly reader: TikTokReader;
  private readonly upload: TikTokUpload;
  private readonly pull: TikTokPull;

  constructor(
    private readonly config: TikTokConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
    unknownCodes = new UnknownCodes(),
  ) {
    super();
    this.client = new TikTokClient(config, http);
    this.reader = new TikTokReader(clock, unknownCodes);
    this.upload = new TikTokUpload(config, this.client, this.reader, clock);
    this.pull = new TikTokPull(this.client, this.reader, clock);
    this.oauth = new TikTokOAuth(config, this.client, this.reader, clock);
    this.webhook = new TikTokWebhook(config);
  }

  override absenceRuleOf(resume: outcome.ResumeToken): AbsenceRule {
    return hasHandle(readResume(resume)) ? TIKTOK_ABSENCE : LOST_PULL_ABSENCE;
  }

  override postLinkOf(url: string): PostLink | undefined {
    return tiktokPostLink(url);
  }

  capabilities(): typeof TIKTOK_CAPABILITIES {
    return TIKTOK_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return tiktokViolations(draft, this.config.isAudited);
  }

  prepare(
    ctx: PlatformContext,
    content: PublishContent,
    resume?: outcome.ResumeToken,
  ): Promise<outcome.PrepareOutcome> {
    const token = resume && readResume(resume);
    // A pull that is tried again needs a fresh pre-flight and a fresh address.
    return token?.source === 'file'
      ? this.upload.resume(ctx, content, token, (restarts) => this.begin(ctx, content, restarts))
      : this.begin(ctx, content, 0);
  }

  async commit(
    ctx: PlatformContext,
    content: PublishContent,
    resume: outcome.ResumeToken,
  ): Promise<outcome.CommitOutcome> {
    const token = readResume(resume);
    if (token.source === 'url') return this.pull.commit(ctx, token);
    if (token.isWhole) return { kind: 'processing', detail: 'every byte was there already' };
    const [first, last] = [token.nextOffset, token.size - 1];
    const body = content.media.open(first, last);
    const { mimeType } = content.media;
    const chunk = { url: token.secretUploadUrl, mimeType, first, last, total: token.size, body };
    const answer = await this.client.put(chunk, ctx.signal, true);
    return commitOutcome(answer, { isExpired: this.upload.isExpired(token) });
  }

  async check(ctx: PlatformContext, resume: outcome.ResumeToken): Promise<outcome.CheckOutcome> {
    const token = readResume(resume);
    if (!hasHandle(token)) return { kind: 'inconclusive', detail: 'the init never answered: no publish_id to ask by' };
    const read = this.reader.read('status', await this.client.status(ctx, token.handle), answers.status);
    const unknown = read.kind === 'ok' ? unknownIn(read.value.data) : undefined;
    if (unknown !== undefined) this.reader.report('status', unknown);
    return checkOutcome(read, token, this.clock.now());
  }

  async find(ctx: PlatformContext, _fingerprint: Fingerprint, since: Date): Promise<outcome.FindOutcome> {
    const posts: outcome.FoundPost[] = [];
    let cursor: number | undefined;
    for (let page = 0; page < MAX_LIST_PAGES; page += 1) {
      const read = this.reader.read('list', await this.client.list(ctx, cursor), answers.videos);
      if (read.kind !== 'ok') return onRead(read);
      const seen = (read.value.data.videos ?? []).map(foundPost);
      posts.push(...seen.filter((post) => post.createdAt >= since));
      cursor = read.value.data.cursor;
      const isOlder = seen.some((post) => post.createdAt < since);
      if (isOlder || read.value.data.has_more !== true || cursor === undefined) break;
    }
    return { kind: 'listed', posts };
  }

  override metricsOf(
    ctx: PlatformContext,
    platformPostIds: readonly string[],
  ): Promise<ReadonlyMap<string, outcome.MetricsOutcome>> {
    return inChunks(platformPostIds, this.metricsPerCall, async (ids) => {
      const read = this.reader.read('query', await this.client.query(ctx, ids), answers.videos);
      const videos = new Map(read.kind === 'ok' ? read.value.data.videos?.map((video) => [video.id, video]) : []);
      return (id) => (read.kind === 'ok' ? metricsIn(videos.get(id)) : onPacedRead(read));
    });
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
    const read = this.reader.read('user', await this.client.user({ credentials, signal }), answers.user);
    if (read.kind === 'rejected') return read;
    if (read.kind !== 'ok') return onRead(read);
    const { open_id: externalId, display_name: displayName } = read.value.data.user;
    return this.connected(externalId, displayName, credentials);
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
    const credentials = { ...ctx.credentials, ...credentialsOf(fresh, now) };
    return this.connected(fresh.open_id ?? ctx.externalId, undefined, credentials);
  }

  private connected(externalId: string, displayName: string | undefined, credentials: outcome.Credentials) {
    const notices = this.config.isAudited ? [] : UNAUDITED_NOTICES;
    return { kind: 'connected' as const, ...identityOf({ externalId, displayName, credentials, notices }) };
  }

  /** The pre-flight, right before each post, then a new publish. */
  private async begin(
    ctx: PlatformContext,
    content: PublishContent,
    restarts: number,
  ): Promise<outcome.PrepareOutcome> {
    const creator = this.reader.read('creator_info', await this.client.creatorInfo(ctx), answers.creatorInfo);
    if (creator.kind !== 'ok') return beforeCommit(creator);
    const facts = { content, creator: creator.value.data, isAudited: this.config.isAudited };
    const refused = refusedByCreator(facts);
    if (refused) return refused;
    const isPull = this.config.source === 'url' && TikTokPull.isPossible(facts);
    return isPull ? this.pull.prepare(facts) : this.upload.init(ctx, facts, restarts);
  }
}
