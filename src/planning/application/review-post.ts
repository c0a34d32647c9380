import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { checkPostWords } from '../../library/domain/post-rules.js';
import { type Media, MediaLibrary } from '../../library/index.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../platforms/index.js';
import { frozenMediaOf } from '../../publishing/domain/targets/content-source.js';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import { contentFindings, finding, type Warning } from '../domain/finding.js';
import { firstCommentWarnings } from '../domain/first-comment-warnings.js';
import type { ReviewedSchedule } from '../domain/plan-schedule.js';
import { leftOutWarnings } from '../domain/hashtags/dressed-post.js';
import type { PostRequest } from '../domain/post-request.js';
import { readRecycling } from '../domain/queues/recycling-request.js';
import { DressPost } from './hashtags/dress-post.js';
import { ReviewSchedule } from './review-schedule.js';

/** A post as it may be stored: its captions carry the hashtags it asked for. */
export interface ReviewedPost extends ReviewedSchedule {
  readonly request: PostRequest;
}

/** Judges a whole post as asked for: words, video, times, accounts, platform limits. Stores nothing. */
@Injectable()
export class ReviewPost {
  constructor(
    private readonly media: MediaLibrary,
    private readonly reviewSchedule: ReviewSchedule,
    private readonly dress: DressPost,
    private readonly platforms: PlatformRegistry,
  ) {}

  async execute(workspaceId: WorkspaceId, asked: PostRequest, tx?: Tx): Promise<ReviewedPost> {
    const words = [...contentFindings(checkPostWords(asked)), ...readRecycling(asked.recycling, asked).findings];
    const media = await this.media.find(workspaceId, asked.mediaId, tx);
    const plain = media && sourceOf(asked, media);
    const dressed = plain && (await this.dress.execute(workspaceId, { request: asked, source: plain }, tx));
    const request = dressed?.request ?? asked;
    const source = media && sourceOf(request, media);
    const { schedule } = request;
    const plan = await this.reviewSchedule.execute({ workspaceId, schedule, source }, tx);
    const findings = [...words, ...(media ? [] : [noMedia(asked.mediaId)]), ...(dressed?.findings ?? [])];
    const platforms = new Map(plan.targets.map(({ accountId, platform }) => [accountId, platform]));
    const goesTo = schedule.targets.map(({ accountId, caption }) =>
      caption === undefined ? platforms.get(accountId) : undefined,
    );
    const warnings = [...plan.warnings, ...(dressed ? leftOutWarnings(goesTo, dressed) : [])];
    if (source) warnings.push(...this.commentWarnings(schedule, source, platforms));
    return { ...plan, request, findings: [...findings, ...plan.findings], warnings };
  }

  private commentWarnings(
    { targets }: PostRequest['schedule'],
    source: ContentSource,
    platforms: ReadonlyMap<string, PlatformName>,
  ): Warning[] {
    const goesTo = targets.map((own) => ({ platform: platforms.get(own.accountId), own }));
    return firstCommentWarnings(goesTo, source, (platform) => this.platforms.get(platform).canComment);
  }
}

const noMedia = (id: string) => {
  const { kind, code, message } = notFound('media', id);
  return finding(code, 'mediaIds.0', message, { kind, context: { id } });
};

const sourceOf = ({ caption, title, options, tags, variants }: PostRequest, media: Media): ContentSource => ({
  base: { caption, options, ...(title === undefined ? {} : { title }) },
  tags,
  media: frozenMediaOf(media),
  variants,
});
