import { DomainError } from '../../../kernel/domain-error.js';
import { mayComeHome, nextCatchUpAt } from '../../../publishing/domain/rerouting/failback.policy.js';
import { backlogOrder } from '../../../publishing/domain/rerouting/backlog.policy.js';
import { type MemoryTarget, OVER_WITHOUT_COPY } from '../../domain/memory-tables.js';
import { placeKey } from '../health/health-source.js';
import type { Desk } from './desk.js';
import type { Replacing } from './replacing.js';

/** When an origin's platform is healthy again, each rerouted run that is still fresh goes out there once, at its pace. */
export class CatchUps {
  constructor(
    private readonly desk: Desk,
    private readonly replacing: Replacing,
  ) {}

  /** At most one per account. @returns how many were begun */
  runOnce(): number {
    const { movedFrom, stage } = this.desk;
    const healthySince = this.healthySince();
    const stranded = Map.groupBy(this.stranded(), ({ accountId }) => accountId);
    let begun = 0;
    for (const accountId of new Set([...movedFrom.keys(), ...stranded.keys()])) {
      const sinceMs = healthySince.get(placeKey(stage.roster.get(accountId)));
      const moved = sinceMs === undefined ? undefined : movedFrom.get(accountId);
      const alone = stranded.get(accountId) ?? [];
      if ((!moved?.size && alone.length === 0) || !this.isTurnOf(accountId)) continue;
      const due = moved && sinceMs !== undefined ? this.dueOf(moved, sinceMs) : [];
      begun += Number(this.beginFirst([...new Set([...due, ...alone])]));
    }
    return begun;
  }

  /** Healthy places, with the moment they became it, ms of the trace's clock. */
  private healthySince(): ReadonlyMap<string, number> {
    const { health, stage } = this.desk;
    const states = stage.places.map((place) => ({ key: placeKey(place), ...health.stateOf(place) }));
    return new Map(states.flatMap(({ key, state, since }) => (state === 'healthy' ? [[key, stage.msOf(since)]] : [])));
  }

  private dueOf(moved: Map<string, number>, sinceMs: number): readonly MemoryTarget[] {
    const due: MemoryTarget[] = [];
    for (const [id, movedMs] of moved) {
      const root = this.desk.target(id);
      if (!this.mayStill(root)) moved.delete(id);
      else if (this.isDue(root, movedMs, sinceMs)) due.push(root);
    }
    return due;
  }

  /** What nobody else took comes home wherever its route would publish. */
  private stranded(): readonly MemoryTarget[] {
    const { desk } = this;
    const due: MemoryTarget[] = [];
    for (const id of [...desk.stranded]) {
      const root = desk.target(id);
      const stands = desk.rowsOf(root.occurrenceId).filter((row) => row.rootId === id && row.id !== id);
      if (root.status !== 'rerouted' || root.staleAt <= desk.stage.now() || !stands.every(hasFailed))
        desk.stranded.delete(id);
      else if (
        this.isWell(root) &&
        mayComeHome(desk.routeOf(root), desk.health.stateOf(desk.stage.roster.get(root.accountId)).state, true)
      )
        due.push(root);
    }
    return due;
  }

  private beginFirst(roots: readonly MemoryTarget[]): boolean {
    const [first] = roots
      .map((target) => ({ target, isEvergreen: this.desk.postOf(target).isEvergreen ?? false }))
      .toSorted(backlogOrder);
    if (!first || !this.begin(first.target)) return false;
    this.desk.movedFrom.get(first.target.accountId)?.delete(first.target.id);
    return true;
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
  private isDue(root: MemoryTarget, movedMs: number, sinceMs: number): boolean {
    return this.isWell(root) && (root.tries === 0 || sinceMs > movedMs);
  }

  /** Its account takes posts, and has none of this post on its way. */
  private isWell({ accountId, postId }: MemoryTarget): boolean {
    const { tables, accounts } = this.desk;
    return accounts.get(accountId).status === 'active' && !tables.isPostOpen(postId, accountId);
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

const hasFailed = ({ status }: MemoryTarget): boolean => OVER_WITHOUT_COPY.includes(status);
