import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import type { PostSnapshot } from '../../../library/domain/post-snapshot.js';
import { contentSourceOf } from '../../domain/targets/content-source.js';
import { freezeContent } from '../../domain/targets/frozen-content.js';
import { tooLate } from '../../domain/targets/publishing.errors.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { AskApproval } from '../approvals/ask-approval.js';
import { DressLinks } from './dress-links.js';
import { TargetReader } from './target-reader.js';

/** A post after an edit. */
export interface EditedPost {
  readonly workspaceId: string;
  readonly post: PostSnapshot;
  readonly actor: string;
  /** By occurrence, where a run has another wording than the post's own. */
  readonly worded?: ReadonlyMap<string, PostSnapshot>;
}

/**
 * After an edit of a post: its targets without an intent get the new words and a new version. Other words need another
 * approval, where one is needed.
 */
@Injectable()
export class RefreezeTargets {
  constructor(
    private readonly store: TargetStore,
    private readonly reader: TargetReader,
    private readonly wakeUps: WakeUps,
    private readonly links: DressLinks,
    private readonly approval: AskApproval,
  ) {}

  /**
   * @returns how many targets carry the new words
   * @throws DomainError `target.too_late` when targets wait but every one of them is being published already
   */
  async execute(edit: EditedPost, tx: Tx): Promise<number> {
    const targets = (await this.reader.forPosts(edit.workspaceId, [edit.post.id], tx)).get(edit.post.id) ?? [];
    const changed: TargetRecord[] = [];
    let refrozen = 0;
    let late: string | undefined;
    for (const summary of targets) {
      const target = await this.store.lock(summary.id, tx);
      if (target?.status === 'publishing') late = target.id;
      if (!target || !['draft', 'scheduled', 'held'].includes(target.status)) continue;
      if (!(await this.store.takeVersion({ targetId: target.id, version: target.version }, 'edit', tx))) {
        late = target.id;
        continue;
      }
      const source = contentSourceOf(edit.worded?.get(target.occurrenceId) ?? edit.post);
      const content = freezeContent(source, target.platform, target.content.own);
      const [dressed = target] = await this.links.execute([{ ...target, content }], tx);
      await this.store.refreeze(target, dressed.content, tx);
      const saysElse = !isDeepStrictEqual(target.content, dressed.content);
      if (saysElse && target.status !== 'draft') changed.push({ ...target, version: target.version + 1 });
      await this.wakeUps.plan([{ targetId: target.id, version: target.version + 1, dueAt: target.dueAt }], tx);
      refrozen += 1;
    }
    if (late && refrozen === 0) throw tooLate(late);
    await this.approval.again(changed, edit.actor, tx);
    return refrozen;
  }
}
