import { DomainError } from '../../../kernel/domain-error.js';
import { nextCatchUpAt } from '../../../publishing/domain/rerouting/failback.policy.js';
import { backlogOrder } from '../../../publishing/domain/rerouting/backlog.policy.js';
import type { MemoryTarget } from '../../domain/memory-tables.js';
import { type Place, placeKey } from '../health/health-source.js';
import type { Desk } from './desk.js';
import type { Replacing } from './replacing.js';

/** When an origin's platform is healthy again, each rerouted run that is still fresh goes out there once, at its pace. */
export class CatchUps {
  constructor(
    private readonly desk: Desk,
    private readonly replacing: Replacing,
  ) {}

  /** At most one per account. @returns how many were begun */
  runOnce(places: readonly Place[]): number {
    let begun = 0;
    for (const place of places) {
      const { state, since } = this.desk.health.stateOf(place);
      if (state === 'healthy') begun += this.of(placeKey(place), since);
    }
    return begun;
  }

  private of(place: string, since: Date): number {
    const moved = this.desk.movedFrom.get(place) ?? new Map<string, number>();
    const due: MemoryTarget[] = [];
    for (const [id, movedMs] of moved) {
      const root = this.desk.target(id);
      if (!this.mayStill(root)) moved.delete(id);
      else if (this.isDue(root, movedMs, since)) due.push(root);
    }
    let begun = 0;
    for (const [accountId, roots] of Map.groupBy(due, (root) => root.accountId)) {
      if (!this.isTurnOf(accountId)) continue;
      const [first] = roots
        .map((target) => ({ target, isEvergreen: this.desk.postOf(target).isEvergreen ?? false }))
        .toSorted(backlogOrder);
      if (!first || !this.begin(first.target)) continue;
      moved.delete(first.target.id);
      begun += 1;
    }
    return begun;
  }

  private mayStill(root: MemoryTarget): boolean {
    return (
      root.status === 'rerouted' &&
      root.staleAt > this.desk.stage.now() &&
      this.desk.routeOf(root).failback === 'catch_up'
    );
  }

  private isTurnOf(accountId: string): boolean {
    const { stage, loads, loadTiming } = this.desk;
    const nextAt = nextCatchUpAt(loads.own(accountId, stage.nowMs), loadTiming);
    return nextAt === undefined || nextAt <= stage.now();
  }

  /** Where tries failed while it looked healthy, it must have got healthy since. */
  private isDue(root: MemoryTarget, movedMs: number, since: Date): boolean {
    const { stage, tables, accounts } = this.desk;
    if (accounts.get(root.accountId).status !== 'active' || tables.isPostOpen(root.postId, root.accountId))
      return false;
    return root.tries === 0 || stage.msOf(since) > movedMs;
  }

  private begin(root: MemoryTarget): boolean {
    try {
      this.desk.tables.run(() => this.replacing.catchUp(root));
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'target.account_taken') return false;
      throw error;
    }
  }
}
