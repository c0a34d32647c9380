import { DomainError } from '../../../kernel/domain-error.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import type { MemoryTarget } from '../../domain/memory-tables.js';
import { type Place, placeKey } from '../health/health-source.js';
import type { Desk } from './desk.js';
import type { Replacing } from './replacing.js';

/** Least time between two catch-ups on one account. */
const SPACING_MS = 30 * SECOND_MS;

/** When an origin's platform is healthy again, each rerouted run that is still fresh goes out there once. */
export class CatchUps {
  private readonly lastMs = new Map<string, number>();

  constructor(
    private readonly desk: Desk,
    private readonly replacing: Replacing,
  ) {}

  /** @returns how many were begun */
  runOnce(places: readonly Place[]): number {
    let begun = 0;
    for (const place of places) {
      const { state, since } = this.desk.health.stateOf(place);
      if (state === 'healthy') begun += this.of(placeKey(place), since);
    }
    return begun;
  }

  private of(place: string, since: Date): number {
    const moved = this.desk.movedFrom.get(place);
    let begun = 0;
    for (const [id, movedMs] of moved ?? []) {
      const root = this.desk.target(id);
      if (!this.mayStill(root)) moved?.delete(id);
      else if (this.isDue(root, movedMs, since) && this.begin(root)) {
        moved?.delete(id);
        begun += 1;
      }
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

  /** Where tries failed while it looked healthy, it must have got healthy since. */
  private isDue(root: MemoryTarget, movedMs: number, since: Date): boolean {
    const { stage, tables, accounts } = this.desk;
    if (accounts.get(root.accountId).status !== 'active' || tables.isPostOpen(root.postId, root.accountId))
      return false;
    if (stage.nowMs - (this.lastMs.get(root.accountId) ?? -Infinity) < SPACING_MS) return false;
    return root.tries === 0 || stage.msOf(since) > movedMs;
  }

  private begin(root: MemoryTarget): boolean {
    const { stage, tables } = this.desk;
    try {
      tables.run(() => this.replacing.catchUp(root));
      this.lastMs.set(root.accountId, stage.nowMs);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'target.account_taken') return false;
      throw error;
    }
  }
}
