import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { HashtagSets } from '../../../library/index.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { type ContentSource, draftOf, freezeContent } from '../../../publishing/domain/targets/frozen-content.js';
import { type Finding, finding } from '../../domain/finding.js';
import { type CaptionLimits, type DressedPost, dressedPost } from '../../domain/hashtags/dressed-post.js';
import type { PostRequest } from '../../domain/post-request.js';

/** Captions that sets are to be appended to. */
export type Dressable = Pick<PostRequest, 'caption' | 'variants' | 'hashtagSetIds'>;

/** A request whose captions carry the hashtags of the sets that it names. */
export interface DressedRequest<R extends Dressable> extends Pick<DressedPost, 'leftOut'> {
  readonly request: R;
  readonly findings: readonly Finding[];
}

/** Appends the hashtags of sets to the captions of a post that is about to be stored, or changed. */
@Injectable()
export class DressPost {
  constructor(
    private readonly sets: HashtagSets,
    private readonly platforms: PlatformRegistry,
  ) {}

  async execute<R extends Dressable>(
    workspaceId: WorkspaceId,
    { request, source }: { readonly request: R; readonly source: ContentSource },
    tx?: Tx,
  ): Promise<DressedRequest<R>> {
    const ids = request.hashtagSetIds ?? [];
    if (ids.length === 0) return { request, findings: [], leftOut: {} };
    const found = new Map((await this.sets.findMany(workspaceId, ids, tx)).map((set) => [set.id, set]));
    const findings = ids.flatMap((id, index) => (found.has(id) ? [] : [unknownSet(id, index)]));
    const hashtags = ids.flatMap((id) => found.get(id)?.hashtags ?? []);
    const { leftOut, ...captions } = dressedPost(request, hashtags, this.limitsFor(source));
    return { request: { ...request, ...captions }, findings, leftOut };
  }

  /** Judged with the rest of the post as it is for the platform: only what is said of the caption counts. */
  private limitsFor(source: ContentSource): CaptionLimits {
    const takes = (platform: PlatformName, caption: string): boolean =>
      this.platforms
        .get(platform)
        .validate(draftOf(freezeContent(source, platform, { caption })))
        .every(({ field }) => field !== 'caption');
    return { platforms: this.platforms.all().map(({ name }) => name), takes };
  }
}

const unknownSet = (id: string, index: number): Finding => {
  const { kind, code, message } = notFound('hashtag_set', id);
  return finding(code, `hashtagSetIds.${index}`, message, { kind, context: { id } });
};
