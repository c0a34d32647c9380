import { DomainError } from '../../../kernel/domain-error.js';
import { stepFor } from '../../../publishing/domain/engine.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import { type MemoryTarget, OVER_WITHOUT_COPY } from '../../domain/memory-tables.js';
import { placeKey, type Place } from '../health/health-source.js';
import type { Desk } from './desk.js';
import type { Replacing } from './replacing.js';
import type { RoutingDesk } from './routing-desk.js';
import type { Settling } from './settling.js';

/** Targets that wait: held ones ask again, retries of a dead platform are decided at once. */
export class Waiting {
  constructor(
    private readonly desk: Desk,
    private readonly router: RoutingDesk,
    private readonly replacing: Replacing,
    private readonly settling: Settling,
  ) {}

  /** Turns a decision for a waiting target into rows, past the same arbiter as the call. */
  apply(target: MemoryTarget, decision: RouteDecision): boolean {
    const { tables } = this.desk;
    try {
      return tables.run(() => this.within(target, decision));
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'target.account_taken')) throw error;
      this.desk.again(target.id, this.desk.timing.reconsiderMs);
      return false;
    }
  }

  /** Another run of the post is still open on the account: this one waits for its end. */
  behindEarlier(target: MemoryTarget): void {
    const step = stepFor({ target }, { kind: 'earlier_open' }, this.desk.context(target));
    const ref = { targetId: target.id, version: target.version };
    if (!step || !this.desk.journal.takeVersion(ref, 'hold')) return;
    this.desk.journal.apply({ target, step, actor: 'worker' });
    this.desk.changed(target.id);
  }

  /** Held targets whose time has come. */
  reconsider(ids: readonly string[]): void {
    const now = this.desk.stage.now();
    const held = [...new Set(ids)]
      .map((id) => this.desk.target(id))
      .filter(({ status, dueAt }) => status === 'held' && dueAt <= now);
    this.decideAll(held);
  }

  /** A place got another state, or another step of its ramp: its share of what waits is given once a step. */
  changed(place: Place): void {
    const { state } = this.desk.health.stateOf(place);
    const key = placeKey(place);
    if (state === 'down') this.decideAll(this.rowsOf(this.desk.retriesIn.get(key)));
    else if (state !== 'degraded') this.decideAll(this.rowsOf(this.desk.heldIn.get(key)));
  }

  /**
   * What is in doubt, or was refused where it had been sent, and has nothing in its place asks again: its fallbacks may
   * have been ill, or full, at that moment.
   */
  seekAgain(): void {
    for (const id of [...this.desk.doubtful]) this.settling.seek(id, 'unknown_outcome');
    for (const id of [...this.desk.refused])
      if (this.mayGoOn(this.desk.target(id))) this.settling.seek(id, 'rejected');
      else this.desk.refused.delete(id);
  }

  /** Still worth something, nothing came after it, and it has not gone out at home meanwhile. */
  private mayGoOn({ id, rootId, occurrenceId, replacementId, staleAt }: MemoryTarget): boolean {
    if (replacementId !== undefined || staleAt <= this.desk.stage.now()) return false;
    const beside = this.desk.rowsOf(occurrenceId).filter((row) => row.rootId === rootId && row.id !== id);
    return beside.every(({ status }) => OVER_WITHOUT_COPY.includes(status));
  }

  private decideAll(targets: readonly MemoryTarget[]): void {
    if (targets.length === 0) return;
    for (const { target, decision } of this.router.decide(targets))
      if (!this.goesOnWaiting(target, decision)) this.apply(target, decision);
  }

  private rowsOf(ids: ReadonlySet<string> | undefined): readonly MemoryTarget[] {
    return [...(ids ?? [])].map((id) => this.desk.target(id));
  }

  /** Asked ahead of its look because its platform changed, and nothing comes of it: nothing to write. */
  private goesOnWaiting({ status, holdReason, dueAt }: MemoryTarget, decision: RouteDecision): boolean {
    if (status === 'scheduled') return decision.kind === 'publish';
    return decision.kind === 'hold' && decision.reason === holdReason && dueAt > this.desk.stage.now();
  }

  private within(target: MemoryTarget, decision: RouteDecision): boolean {
    const { journal } = this.desk;
    const step = stepFor({ target }, { kind: 'decided', decision }, this.desk.context(target));
    if (!step) return false;
    const stays = target.status === 'held' && step.target.status === 'held';
    const ref = { targetId: target.id, version: target.version };
    if (!stays && !journal.takeVersion(ref, decision.kind === 'reroute' ? 'reroute' : 'hold')) return false;
    journal.apply({ target, step, actor: 'router' });
    this.settling.note(target, step);
    if (decision.kind === 'publish') this.desk.letThrough.add(target.id);
    if (decision.kind === 'reroute') {
      this.replacing.reroute(target, decision);
      if (target.role === 'origin') this.desk.moved(target);
    }
    this.desk.changed(target.id);
    return true;
  }
}
