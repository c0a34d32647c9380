import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { MediaId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { checkPostWords } from '../../../library/domain/post-rules.js';
import { type Media, MediaLibrary } from '../../../library/index.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { frozenMediaOf } from '../../../publishing/domain/targets/content-source.js';
import type { ContentSource } from '../../../publishing/domain/targets/frozen-content.js';
import { STAND_IN_VIDEO, withoutVideo } from '../../domain/bulk/stand-in-video.js';
import type { RowRequest } from '../../domain/bulk/row-request.js';
import { DressPost } from '../hashtags/dress-post.js';
import { checkAccounts, checkContents, type Validate } from '../../domain/check-targets.js';
import { contentFindings, type Finding, finding } from '../../domain/finding.js';
import { MAX_TARGETS, planSchedule, type ReviewedSchedule } from '../../domain/plan-schedule.js';

/** What many posts are judged against, read once. */
export interface ReviewFacts {
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  readonly now: Date;
  /** The workspace's zone. */
  readonly defaultZone: string;
  /** Videos found already, kept for whoever asks about many posts in stretches. */
  readonly videos?: Map<MediaId, Media>;
}

/** Most videos kept between two stretches. */
const MAX_VIDEOS = 1_000;

/** A post with its plan, and with the hashtags of its sets in its captions. */
export interface ReviewedPost<Request extends RowRequest = RowRequest> extends ReviewedSchedule {
  readonly request: Request;
}

/** `ReviewPost` for many at once: videos are looked up together, everything else is known. Stores nothing. */
@Injectable()
export class ReviewPosts {
  constructor(
    private readonly media: MediaLibrary,
    private readonly platforms: PlatformRegistry,
    private readonly dress: DressPost,
  ) {}

  /** A verdict for each, in order; a request without a media id is judged by its words alone. */
  async execute<Request extends RowRequest>(
    workspaceId: WorkspaceId,
    requests: readonly Request[],
    facts: ReviewFacts,
    tx?: Tx,
  ): Promise<ReviewedPost<Request>[]> {
    const ids = new Set(requests.flatMap(({ mediaId }) => (mediaId === undefined ? [] : [mediaId])));
    const media = await this.videosOf(workspaceId, [...ids], facts.videos ?? new Map<MediaId, Media>(), tx);
    const reviewed: ReviewedPost<Request>[] = [];
    for (const request of requests) {
      const dressed = request.hashtagSetIds
        ? await this.dressed(workspaceId, request, media, tx)
        : { request, findings: [] };
      const plan = this.review(dressed.request, media, facts);
      reviewed.push({ ...plan, request: dressed.request, findings: [...dressed.findings, ...plan.findings] });
    }
    return reviewed;
  }

  /** @param known those found before; takes what is found now */
  private async videosOf(
    workspaceId: WorkspaceId,
    ids: readonly MediaId[],
    known: Map<MediaId, Media>,
    tx?: Tx,
  ): Promise<ReadonlyMap<MediaId, Media>> {
    if (known.size > MAX_VIDEOS) known.clear();
    const unknown = ids.filter((id) => !known.has(id));
    const found = unknown.length === 0 ? [] : await this.media.findMany(workspaceId, unknown, tx);
    for (const item of found) known.set(item.id, item);
    return known;
  }

  private async dressed<Request extends RowRequest>(
    workspaceId: WorkspaceId,
    request: Request,
    media: ReadonlyMap<MediaId, Media>,
    tx?: Tx,
  ): Promise<{ readonly request: Request; readonly findings: readonly Finding[] }> {
    const { mediaId = '' } = request;
    const source = sourceOf(request, media.get(mediaId));
    const { request: worded, findings } = await this.dress.execute(
      workspaceId,
      { request: { ...request, mediaId }, source },
      tx,
    );
    return { request: { ...request, caption: worded.caption, variants: worded.variants }, findings };
  }

  private review(request: RowRequest, media: ReadonlyMap<MediaId, Media>, facts: ReviewFacts): ReviewedSchedule {
    const { schedule, mediaId } = request;
    const video = mediaId === undefined ? undefined : media.get(mediaId);
    const plan = planSchedule(schedule, facts);
    const words = [...contentFindings(checkPostWords(request)), ...missing(mediaId, video)];
    if (schedule.targets.length > MAX_TARGETS) return { ...plan, targets: [], findings: [...words, ...plan.findings] };
    const targets = plan.targets.flatMap((target) => {
      const platform = facts.accounts.get(target.accountId)?.platform;
      return platform ? [{ ...target, platform }] : [];
    });
    const content = this.contentFindings(request, video, facts);
    const findings = [...words, ...plan.findings, ...checkAccounts(schedule.targets, facts.accounts), ...content];
    return { targets, findings, warnings: plan.warnings };
  }

  private contentFindings(request: RowRequest, video: Media | undefined, { accounts }: ReviewFacts): Finding[] {
    const { targets } = request.schedule;
    const judged = checkContents(targets, accounts, { source: sourceOf(request, video), validate: this.validate });
    return video ? judged : withoutVideo(judged);
  }

  private readonly validate: Validate = (platform, draft) => this.platforms.get(platform).validate(draft);
}

const missing = (id: MediaId | undefined, video: Media | undefined): Finding[] => {
  if (id === undefined || video) return [];
  const { kind, code, message } = notFound('media', id);
  return [finding(code, 'mediaIds.0', message, { kind, context: { id } })];
};

const sourceOf = (
  { caption, title, options, tags, variants }: RowRequest,
  video: Media | undefined,
): ContentSource => ({
  base: { caption, options, ...(title === undefined ? {} : { title }) },
  tags,
  media: video ? frozenMediaOf(video) : STAND_IN_VIDEO,
  variants,
});
