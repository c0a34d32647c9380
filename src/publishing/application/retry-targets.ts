import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { DomainError } from '../../kernel/domain-error.js';
import { plusMs, SECOND_MS, scaledMs } from '../../kernel/durations.js';
import type { Tx } from '../../kernel/transaction.js';
import { TargetStore, WakeUps } from '../domain/target-store.port.js';
import { PublishingSettings } from '../publishing-settings.js';
import { TargetReader } from './target-reader.js';

/** A person's retry gives the target this much time before it is stale again, at least. */
const FRESH_FOR_MS = 3_600 * SECOND_MS;

/** Sends failed and missed targets of a post again, because a person asks for it. */
@Injectable()
export class RetryTargets {
  constructor(
    private readonly store: TargetStore,
    private readonly reader: TargetReader,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
    private readonly settings: PublishingSettings,
  ) {}

  /** @throws DomainError `post.nothing_to_retry` */
  async execute(retry: { workspaceId: string; postId: string; actor: string }, tx: Tx): Promise<readonly string[]> {
    const targets = (await this.reader.forPosts(retry.workspaceId, [retry.postId], tx)).get(retry.postId) ?? [];
    const again = targets.filter((target) => target.status === 'failed' || target.status === 'missed');
    if (again.length === 0)
      throw new DomainError('conflict', 'post.nothing_to_retry', 'No target of this post has failed or was missed.');
    for (const { id } of again) await this.retry(id, retry.actor, tx);
    return again.map((target) => target.id);
  }

  private async retry(targetId: string, actor: string, tx: Tx): Promise<void> {
    const target = await this.store.lock(targetId, tx);
    if (!target) return;
    const now = this.clock.now();
    const step = {
      cause: 'retried_by_hand',
      target: { status: 'scheduled', bumpVersion: true, dueAt: now, tries: 0, error: null },
      effects: [],
    } as const;
    await this.store.apply(target, undefined, step, { actor }, tx);
    const staleAt = plusMs(now, scaledMs(FRESH_FOR_MS, this.settings.timing.scale));
    await this.store.extendStale(targetId, staleAt, tx);
    await this.wakeUps.plan([{ targetId, version: target.version + 1, dueAt: now }], tx);
  }
}
