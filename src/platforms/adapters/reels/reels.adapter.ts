import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import { checkRules } from '../../domain/content-rules.js';
import type { Capability } from '../../domain/platform-name.js';
import { type Fingerprint, Platform, type PlatformContext } from '../../domain/platform.port.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { onPacedRead, onRead } from '../../domain/refusal.js';
import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import * as answers from './reels.answers.js';
import { REELS_ABSENCE, REELS_CAPABILITIES, REELS_RULES } from './reels.capabilities.js';
import { ReelsClient } from './reels.client.js';
import type { ReelsConfig } from './reels.config.js';
import { ReelsContainer } from './reels.container.js';
import { containerOutcome, flat, type Read, readGraph } from './reels.outcomes.js';
import { readResume } from './reels.resume.js';

/** 25 media each. */
const MAX_LIST_PAGES = 8;

/** Instagram Reels (Instagram Login) by resumable container: `media_publish` is the one irreversible call. */
export class ReelsAdapter extends Platform {
  readonly name = 'reels';
  readonly absenceRule = REELS_ABSENCE;
  private readonly client: ReelsClient;
  private readonly container: ReelsContainer;

  constructor(
    config: ReelsConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
  ) {
    super();
    this.client = new ReelsClient(config, http);
    this.container = new ReelsContainer(this.client, clock);
  }

  capabilities(): typeof REELS_CAPABILITIES {
    return REELS_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return checkRules(draft, REELS_RULES);
  }

  prepare(
    ctx: PlatformContext,
    content: PublishContent,
    resume?: outcome.ResumeToken,
  ): Promise<outcome.PrepareOutcome> {
    if (!resume) return this.container.create(ctx, content, 0);
    const token = readResume(resume);
    return token.step === 'upload'
      ? this.container.upload(ctx, content, token)
      : this.container.poll(ctx, content, token);
  }

  async commit(
    ctx: PlatformContext,
    _content: PublishContent,
    resume: outcome.ResumeToken,
  ): Promise<outcome.CommitOutcome> {
    const token = readResume(resume);
    if (token.step === 'published')
      return { kind: 'unknown', platformCode: 'PUBLISHED', detail: 'published before this call' };
    const read = this.read(await this.client.publish(ctx, token.handle), answers.published, 'publish');
    if (read.kind === 'ok') return { kind: 'published', platformPostId: read.value.id };
    return flat(read);
  }

  async check(ctx: PlatformContext, resume: outcome.ResumeToken): Promise<outcome.CheckOutcome> {
    const token = readResume(resume);
    const read = this.read(await this.client.containerStatus(ctx, token.handle), answers.containerStatus);
    if (read.kind === 'ok') return containerOutcome(read.value);
    // A container that cannot be found any more tells nothing; the list may.
    if (read.kind === 'restart') return { ...read.because, kind: 'inconclusive' };
    return onRead(read);
  }

  async find(ctx: PlatformContext, _fingerprint: Fingerprint, since: Date): Promise<outcome.FindOutcome> {
    const posts: outcome.FoundPost[] = [];
    let after: string | undefined;
    for (let page = 0; page < MAX_LIST_PAGES; page += 1) {
      const read = this.read(await this.client.list(ctx, since, after), answers.mediaList);
      if (read.kind !== 'ok') return onRead(flat(read));
      const seen = read.value.data.map(foundPost);
      posts.push(...seen.filter((post) => post.createdAt >= since));
      after = read.value.paging?.cursors?.after;
      const isOlder = seen.some((post) => post.createdAt < since);
      if (isOlder || read.value.paging?.next === undefined || after === undefined) break;
    }
    return { kind: 'listed', posts };
  }

  /** Views come from insights, up to 48 h late; likes and comments from the media itself, absent when hidden. */
  async metrics(ctx: PlatformContext, platformPostId: string): Promise<outcome.MetricsOutcome> {
    const read = this.read(await this.client.media(ctx, platformPostId), answers.mediaItem);
    if (read.kind !== 'ok') return onPacedRead(flat(read));
    const insights = this.read(await this.client.views(ctx, platformPostId), answers.insights);
    const views = insights.kind === 'ok' ? viewsIn(insights.value.data) : undefined;
    const { like_count: likes, comments_count: comments, permalink } = read.value;
    const given = Object.entries({ views, likes, comments, permalink }).filter(([, value]) => value !== undefined);
    return given.length === 0 ? { kind: 'no_data' } : { kind: 'metrics', ...Object.fromEntries(given) };
  }

  remove(): Promise<outcome.RemoveOutcome> {
    return Promise.resolve({ kind: 'unsupported' });
  }

  probe(capability: Capability, ctx?: PlatformContext): Promise<outcome.ProbeOutcome> {
    const anonymous = { credentials: {}, signal: ctx?.signal ?? new AbortController().signal };
    switch (capability) {
      case 'auth':
        return probeLiveness(this.clock, () => this.client.refresh(anonymous), answers.errorBody);
      case 'read':
        return probeLiveness(this.clock, () => this.client.me(anonymous), answers.errorBody);
      case 'upload': {
        // An abandoned container: invisible, gone after 24 h, one of 400 a day.
        if (!ctx) return Promise.resolve({ kind: 'skipped' });
        const fields = { media_type: 'REELS', upload_type: 'resumable' };
        const shape = answers.container.or(answers.errorBody);
        return probeLiveness(this.clock, () => this.client.createContainer(ctx, fields), shape);
      }
      case 'publish':
      case 'counters':
        return Promise.resolve({ kind: 'skipped' });
    }
  }

  async connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    const read = this.read(await this.client.me({ credentials, signal }), answers.me);
    if (read.kind === 'rejected') return read;
    if (read.kind !== 'ok') return onRead(flat(read));
    return connected(read.value.user_id, read.value.username, credentials);
  }

  /** Allowed from 24 h after issue until expiry; each refresh gives 60 more days. */
  async refresh(ctx: PlatformContext): Promise<outcome.ConnectOutcome> {
    const now = this.clock.now();
    const read = this.read(await this.client.refresh(ctx), answers.token);
    if (read.kind === 'ok') {
      const expiresAt = plusMs(now, read.value.expires_in * 1000).toISOString();
      return connected(ctx.externalId, undefined, {
        ...ctx.credentials,
        accessToken: read.value.access_token,
        expiresAt,
      });
    }
    // A token that the refresh itself refuses cannot be refreshed: only the user can help.
    if (read.kind === 'unauthorised') return { ...read, reconnect: true };
    return read.kind === 'rejected' ? read : onRead(flat(read));
  }

  private read<T>(
    answer: PlatformAnswer,
    shape: Parameters<typeof readGraph<T>>[1],
    moment: 'prepare' | 'publish' = 'prepare',
  ): Read<T> {
    return readGraph(answer, shape, { moment, now: this.clock.now() });
  }
}

const foundPost = (media: answers.Media): outcome.FoundPost => ({
  platformPostId: media.id,
  caption: media.caption ?? '',
  createdAt: new Date(media.timestamp ?? 0),
  ...(media.permalink === undefined ? {} : { permalink: media.permalink }),
});

/** No data is an empty list, not zero. */
const viewsIn = (data: readonly { name: string; values?: { value?: unknown }[] | undefined }[]): number | undefined => {
  const value = data.find(({ name }) => name === 'views')?.values?.[0]?.value;
  return typeof value === 'number' ? value : undefined;
};

const connected = (
  externalId: string,
  username: string | undefined,
  credentials: outcome.Credentials,
): outcome.ConnectOutcome => ({
  kind: 'connected',
  externalId,
  displayName: username ?? externalId,
  credentials,
  scopes: credentials['scope']?.split(',') ?? [],
  ...(credentials['expiresAt'] === undefined ? {} : { tokenExpiresAt: new Date(credentials['expiresAt']) }),
});
