import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { checkPostWords } from '../../library/domain/post-rules.js';
import { type Media, MediaLibrary } from '../../library/index.js';
import { frozenMediaOf } from '../../publishing/domain/targets/content-source.js';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import { contentFindings, finding } from '../domain/finding.js';
import type { ReviewedSchedule } from '../domain/plan-schedule.js';
import type { PostRequest } from '../domain/post-request.js';
import { ReviewSchedule } from './review-schedule.js';

/** Judges a whole post as asked for: words, video, times, accounts, platform limits. Stores nothing. */
@Injectable()
export class ReviewPost {
  constructor(
    private readonly media: MediaLibrary,
    private readonly reviewSchedule: ReviewSchedule,
  ) {}

  async execute(workspaceId: WorkspaceId, request: PostRequest, tx?: Tx): Promise<ReviewedSchedule> {
    const words = contentFindings(checkPostWords(request));
    const media = await this.media.find(workspaceId, request.mediaId, tx);
    const source = media && sourceOf(request, media);
    const { schedule } = request;
    const plan = await this.reviewSchedule.execute({ workspaceId, schedule, source }, tx);
    return { ...plan, findings: [...words, ...(media ? [] : [noMedia(request.mediaId)]), ...plan.findings] };
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
