import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../../library/index.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { AuditLog } from '../../../workspaces/index.js';
import { assertNoFindings } from '../../domain/finding.js';
import { CategoryRecyclings } from '../../domain/queues/category-recyclings.port.js';
import { cooldownDaysOn, DUPLICATE_RULES } from '../../domain/queues/duplicate-rules.js';
import { onlyEvergreen } from '../../domain/queues/queue.errors.js';
import {
  categoryFindings,
  layered,
  merged,
  recyclingFindings,
  recyclingOf,
  type RecyclingSettings,
} from '../../domain/queues/recycling.js';
import type { ActingRef } from '../run-post.js';

/** Fields to change; null clears, so that the category's or the default holds again. */
export type RecyclingChange = Readonly<Record<string, unknown>>;

/** How a post returns, and what follows of it. */
export interface RecyclingView {
  readonly post: StoredPost;
  /** The post's own, over those of its categories. */
  readonly effective: RecyclingSettings;
  /** What platforms make of duplicates: days between two runs on an account, as they hold for this post. */
  readonly rules: readonly { readonly platform: PlatformName; readonly cooldownDays: number; readonly why: string }[];
}

/** Says how posts return: one, or all of a category. */
@Injectable()
export class RecyclingDesk {
  constructor(
    private readonly library: PostLibrary,
    private readonly categories: CategoryRecyclings,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `post.not_found` */
  async read(workspaceId: WorkspaceId, postId: string, tx?: Tx): Promise<RecyclingView> {
    return this.viewOf(await this.library.snapshot(workspaceId, postId, tx), tx);
  }

  /** @throws DomainError `post.not_found`, `post.not_evergreen`, `post.changed`, and the first finding */
  async change(ref: ActingRef, change: RecyclingChange, tx: Tx): Promise<RecyclingView> {
    const post = await this.library.lock(ref, tx);
    if (post.kind !== 'evergreen') throw onlyEvergreen(post.id);
    const { contentVariations: _, ...own } = post.recycling ?? {};
    const settings = merged(own, change);
    assertNoFindings(recyclingFindings(settings, ''));
    const stored = await this.library.setRecycling(ref, { ...settings }, tx);
    await this.tell(ref, 'post.recycling_changed', ref.postId, tx);
    return this.viewOf(stored, tx);
  }

  async ofCategory(workspaceId: WorkspaceId, category: string, tx?: Tx): Promise<RecyclingSettings> {
    return (await this.categories.find(workspaceId, [category], tx)).get(category) ?? {};
  }

  /** @throws DomainError of the first finding */
  async changeCategory(
    { workspaceId, actor, category }: { workspaceId: WorkspaceId; actor: string; category: string },
    change: RecyclingChange,
    tx: Tx,
  ): Promise<RecyclingSettings> {
    const settings = merged(await this.ofCategory(workspaceId, category, tx), change);
    assertNoFindings([...categoryFindings(category), ...recyclingFindings(settings, '')]);
    await this.categories.save(workspaceId, category, settings, tx);
    await this.tell({ workspaceId, actor }, 'category.recycling_changed', category, tx);
    return settings;
  }

  private async viewOf(post: StoredPost, tx?: Tx): Promise<RecyclingView> {
    const found = await this.categories.find(post.workspaceId, post.tags, tx);
    const effective = layered(
      post.recycling,
      [...post.tags].sort().flatMap((tag) => found.get(tag) ?? []),
    );
    const recycling = recyclingOf(effective, 1);
    const rules = PLATFORM_NAMES.map((platform) => ({
      platform,
      cooldownDays: cooldownDaysOn(platform, recycling),
      why: DUPLICATE_RULES[platform].why,
    }));
    return { post, effective, rules };
  }

  private tell(
    { workspaceId, actor }: { readonly workspaceId: WorkspaceId; readonly actor: string },
    action: string,
    subjectId: string,
    tx: Tx,
  ): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId }, tx);
  }
}
