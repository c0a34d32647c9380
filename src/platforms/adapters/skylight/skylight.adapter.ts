import type { AppBskyFeedPost } from '@atproto/api';
import { z } from 'zod';
import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import type { Capability } from '../../domain/platform-name.js';
import {
  type AbsenceRule,
  type Fingerprint,
  type FirstComment,
  Platform,
  type PlatformContext,
} from '../../domain/platform.port.js';
import type { PostLink } from '../../domain/post-link.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { evidence, onPacedRead, onRead } from '../../domain/refusal.js';
import type { PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import { alive, postRecord } from './skylight.answers.js';
import { SKYLIGHT_ABSENCE, SKYLIGHT_CAPABILITIES } from './skylight.capabilities.js';
import { SkylightClient, type XrpcRead } from './skylight.client.js';
import { checkComment, SkylightComments } from './skylight.comments.js';
import type { SkylightConfig } from './skylight.config.js';
import { POSTS_PER_CALL, SkylightCounters } from './skylight.counters.js';
import { oauthIn } from './skylight.credentials.js';
import { DpopNonces } from './skylight.dpop.js';
import { SkylightIdentities } from './skylight.identity.js';
import { SkylightOAuth } from './skylight.oauth.js';
import { errorName, refusalIn } from './skylight.outcomes.js';
import { SkylightPreparation } from './skylight.prepare.js';
import { checkPost, isSameRecord, POST_COLLECTION } from './skylight.record.js';
import { SkylightSessions } from './skylight.sessions.js';
import { SkylightVideo } from './skylight.video.js';
import { tidMatches } from './tid.js';
import { skylightPostLink } from './skylight.link.js';

const MAX_LIST_PAGES = 4;

const handleShape = z.object({
  /** Record key. */
  handle: z.string(),
  did: z.string(),
});
const resumeShape = handleShape.extend({ record: z.record(z.string(), z.unknown()) });

/** Skylight by AT Protocol: `putRecord` with our own key, create-only, is the one irreversible call. */
export class SkylightAdapter extends Platform {
  readonly name = 'skylight';
  readonly absenceRule = SKYLIGHT_ABSENCE;
  override readonly oauth: SkylightOAuth;
  override readonly metricsPerCall = POSTS_PER_CALL;
  override readonly canComment = true;
  private readonly client: SkylightClient;
  private readonly sessions: SkylightSessions;
  private readonly preparation: SkylightPreparation;
  private readonly counters: SkylightCounters;
  private readonly comments: SkylightComments;

  constructor(
    config: SkylightConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
    codes = new UnknownCodes(),
  ) {
    super();
    const client = new SkylightClient(config, http, clock, new DpopNonces(), codes);
    const identities = new SkylightIdentities(config, client);
    const sessions = new SkylightSessions(client, identities, clock);
    const video = new SkylightVideo(config, client, clock);
    this.client = client;
    this.sessions = sessions;
    this.oauth = new SkylightOAuth({ config, client, identities }, sessions);
    this.preparation = new SkylightPreparation({ config, client, sessions, video, clock });
    this.comments = new SkylightComments(client, clock);
    this.counters = new SkylightCounters(config.appViewUrl, client, clock);
  }

  override postLinkOf(url: string, externalId: string): PostLink | undefined {
    return skylightPostLink(url, externalId);
  }

  /** `listRecords` is strong: what it does not show does not exist (`platforms.md` section 9). */
  override get absenceRuleWithoutHandle(): AbsenceRule {
    return { witness: 'list', reads: 1, spacingSeconds: 0, holdSeconds: 60 };
  }

  capabilities(): typeof SKYLIGHT_CAPABILITIES {
    return SKYLIGHT_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return [...checkPost(draft), ...checkComment(draft)];
  }

  prepare(
    ctx: PlatformContext,
    content: PublishContent,
    resume?: outcome.ResumeToken,
  ): Promise<outcome.PrepareOutcome> {
    return this.preparation.next(ctx, content, resume);
  }

  async commit(
    ctx: PlatformContext,
    _content: PublishContent,
    resume: outcome.ResumeToken,
  ): Promise<outcome.CommitOutcome> {
    const { handle: rkey, did: repo, record } = resumeShape.parse(resume);
    const input = { repo, collection: POST_COLLECTION, rkey, record, validate: true, swapRecord: null };
    const put = await this.client.call(
      ctx,
      (agent) => agent.com.atproto.repo.putRecord(input, { encoding: 'application/json' }),
      { irreversible: true, signed: true },
    );
    if (put.kind === 'ok') return published(put.value.uri, record['createdAt']);
    const refusal = refusalIn(put.answer, this.clock.now());
    return refusal.platformCode === 'InvalidSwap' ? this.compare(ctx, { repo, rkey, record, refusal }) : refusal;
  }

  override comment(ctx: PlatformContext, comment: FirstComment): Promise<outcome.CommitOutcome> {
    return this.comments.write(ctx, comment);
  }

  async check(ctx: PlatformContext, resume: outcome.ResumeToken): Promise<outcome.CheckOutcome> {
    const { handle: rkey, did: repo } = handleShape.parse(resume);
    const read = await this.get(ctx, repo, rkey);
    if (read.kind === 'ok') return published(read.value.uri, createdAt(read.value.value));
    return errorName(read.answer) === 'RecordNotFound'
      ? { kind: 'absent', platformCode: 'RecordNotFound' }
      : onRead(refusalIn(read.answer, this.clock.now()));
  }

  async find(ctx: PlatformContext, fingerprint: Fingerprint, since: Date): Promise<outcome.FindOutcome> {
    const posts: outcome.FoundPost[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_LIST_PAGES; page += 1) {
      const query = {
        repo: ctx.externalId,
        collection: POST_COLLECTION,
        limit: 50,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const read = await this.client.call(ctx, (agent) => agent.com.atproto.repo.listRecords(query));
      if (read.kind === 'failed') return onRead(refusalIn(read.answer, this.clock.now()));
      const seen = read.value.records.flatMap(({ uri, value }) => foundPost(uri, value, fingerprint.marker));
      const young = seen.filter((post) => post.createdAt >= since);
      posts.push(...young);
      cursor = read.value.cursor;
      if (young.length === 0 || cursor === undefined) break;
    }
    return { kind: 'listed', posts };
  }

  /** No view count exists on AT Protocol. */
  override metricsOf(
    ctx: PlatformContext,
    platformPostIds: readonly string[],
  ): Promise<ReadonlyMap<string, outcome.MetricsOutcome>> {
    return this.counters.read(ctx, platformPostIds);
  }

  async remove(ctx: PlatformContext, platformPostId: string): Promise<outcome.RemoveOutcome> {
    const input = { repo: ctx.externalId, collection: POST_COLLECTION, rkey: rkeyOf(platformPostId) };
    const options = { encoding: 'application/json' } as const;
    const signed = { signed: true };
    const read = await this.client.call(ctx, (agent) => agent.com.atproto.repo.deleteRecord(input, options), signed);
    if (read.kind === 'ok') return { kind: 'removed' };
    const refusal = refusalIn(read.answer, this.clock.now());
    return refusal.kind === 'rejected' ? refusal : onPacedRead(refusal);
  }

  probe(capability: Capability, ctx?: PlatformContext): Promise<outcome.ProbeOutcome> {
    const caller = { credentials: ctx?.credentials ?? {}, signal: ctx?.signal ?? new AbortController().signal };
    switch (capability) {
      case 'auth':
        return probeLiveness(
          this.clock,
          () => this.client.anonymous('POST', 'com.atproto.server.refreshSession', caller),
          alive,
        );
      case 'read':
        return probeLiveness(
          this.clock,
          () => this.client.anonymous('GET', 'com.atproto.server.describeServer', caller),
          alive,
        );
      case 'upload':
        return this.preparation.probe(ctx);
      case 'publish':
      case 'counters':
        return Promise.resolve({ kind: 'skipped' });
    }
  }

  connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    return this.sessions.connect({ credentials, signal });
  }

  refresh(ctx: PlatformContext): Promise<outcome.ConnectOutcome> {
    const session = oauthIn(ctx.credentials);
    return session ? this.oauth.refresh(session, ctx.signal) : this.sessions.refresh(ctx);
  }

  /** Our key is taken. By our own record: it landed before. By anything else: not ours to judge. */
  private async compare(
    ctx: PlatformContext,
    put: { repo: string; rkey: string; record: Readonly<Record<string, unknown>>; refusal: outcome.CommitOutcome },
  ): Promise<outcome.CommitOutcome> {
    const read = await this.get(ctx, put.repo, put.rkey);
    return read.kind === 'ok' && isSameRecord(read.value.value, put.record)
      ? published(read.value.uri, put.record['createdAt'])
      : put.refusal;
  }

  /** Public: an expired token must not hide the truth. */
  private get(ctx: PlatformContext, repo: string, rkey: string): Promise<XrpcRead<{ uri: string; value: unknown }>> {
    return this.client.call(ctx, (agent) =>
      agent.com.atproto.repo.getRecord({ repo, collection: POST_COLLECTION, rkey }),
    );
  }
}

const rkeyOf = (uri: string): string => uri.split('/').at(-1) ?? uri;

const createdAt = (value: unknown): unknown => (value as Partial<AppBskyFeedPost.Record> | undefined)?.createdAt;

const permalinkOf = (uri: string): string => `https://bsky.app/profile/${uri.split('/')[2] ?? ''}/post/${rkeyOf(uri)}`;

const published = (uri: string, at: unknown): outcome.Published => ({
  kind: 'published',
  platformPostId: uri,
  permalink: permalinkOf(uri),
  ...(typeof at === 'string' ? { publishedAt: new Date(at) } : {}),
  ...evidence({ httpStatus: 200 }),
});

const foundPost = (uri: string, value: unknown, marker: string): readonly outcome.FoundPost[] => {
  const record = postRecord.safeParse(value).data;
  if (!record) return [];
  return [
    {
      platformPostId: uri,
      caption: record.text,
      createdAt: new Date(record.createdAt),
      permalink: permalinkOf(uri),
      ...(tidMatches(rkeyOf(uri), marker) ? { marker } : {}),
    },
  ];
};
