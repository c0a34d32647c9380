import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { MemoryTarget } from '../../domain/memory-tables.js';
import type { RerouteMade } from '../run/record.js';
import type { Desk } from './desk.js';

/** Makes targets that stand for others. */
export class Replacing {
  private readonly numbers = new Map<string, number>();

  constructor(private readonly desk: Desk) {}

  /** Within the deciding transaction. @throws DomainError `target.account_taken` */
  reroute(origin: MemoryTarget, { kind, ...decision }: RouteDecision): void {
    if (kind !== 'reroute' || !('accountId' in decision)) return;
    const root = this.desk.target(origin.rootId);
    const lastTry = this.lastTryOf(root);
    const id = this.insert(origin, decision.accountId, 'reroute');
    this.desk.journal.update(origin.id, { replacementId: id });
    const { stage } = this.desk;
    stage.record.reroutes.push({ origin: stage.roster.get(root.accountId), atMs: stage.nowMs, lastTry });
  }

  /** @throws DomainError `target.account_taken` */
  catchUp(origin: MemoryTarget): void {
    this.insert(origin, origin.accountId, 'catch_up');
  }

  private insert(origin: MemoryTarget, accountId: string, role: 'reroute' | 'catch_up'): string {
    const { stage, journal } = this.desk;
    const no = (this.numbers.get(origin.rootId) ?? 0) + 1;
    this.numbers.set(origin.rootId, no);
    const id = `${origin.rootId}+${no}`;
    const { workspaceId, postId, occurrenceId, rootId, staleAt, zone, content } = origin;
    const now = stage.now();
    journal.insert(
      {
        ...{ workspaceId, postId, occurrenceId, rootId, staleAt, zone, content },
        id,
        accountId,
        role,
        platform: stage.roster.get(accountId).platform as PlatformName,
        scheduledAt: origin.scheduledAt > now ? origin.scheduledAt : now,
      },
      'router',
    );
    this.desk.inserted(id);
    return id;
  }

  private lastTryOf({ id }: MemoryTarget): RerouteMade['lastTry'] {
    const last = this.desk.tables.attemptsOn(id).findLast(({ state }) => state !== 'abandoned' && state !== 'armed');
    if (!last) return 'none';
    if (last.state === 'processing')
      return { processingMs: this.desk.stage.nowMs - this.desk.stage.msOf(last.outcomeAt ?? last.createdAt) };
    if (last.state === 'unknown' || last.state === 'throttled') return last.state;
    return 'other';
  }
}
