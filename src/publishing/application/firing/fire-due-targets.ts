import { Injectable, Logger } from '@nestjs/common';
import { Firing } from '../../domain/firing/firing.port.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import { ApplyDecision } from '../rerouting/apply-decision.js';
import type { ArmedTarget } from './arm-targets.js';
import { DecideTargets } from '../rerouting/decide-targets.js';
import { Engine } from '../engine.js';
import { CallLanes } from './call-lanes.js';
import { PublishTarget } from './publish-target.js';

/** At the due instant: decide, write intents, start the calls. */
@Injectable()
export class FireDueTargets {
  private readonly logger = new Logger('Fire');
  /** Attempts whose calls this process runs now: a repeated firing must not start them twice. */
  private readonly begun = new Map<string, ArmedTarget>();

  constructor(
    private readonly firing: Firing,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecision,
    private readonly publish: PublishTarget,
    private readonly lanes: CallLanes,
    private readonly engine: Engine,
  ) {}

  /**
   * Fires everything given at once. Resolves when every call has started; the calls end on their own.
   * @returns those that were not due yet by the database's clock
   */
  async fire(due: readonly ArmedTarget[]): Promise<readonly ArmedTarget[]> {
    const decided = new Map(
      (await this.decide.execute(due.map((item) => item.target))).map((d) => [d.target.id, d.decision]),
    );
    const waiting = due.filter((item) => !this.begun.has(item.armed.attemptId));
    const publish = waiting.filter((item) => decided.get(item.target.id)?.kind === 'publish');
    const started = await this.intendAndStart(publish);
    const lost = publish.filter((item) => !started.has(item.armed.attemptId));
    for (const item of waiting) {
      const decision = decided.get(item.target.id);
      if (decision?.kind !== 'publish' && !(decision && (await this.applies(item, decision)))) lost.push(item);
    }
    return this.leftOver(lost);
  }

  private async intendAndStart(publish: readonly ArmedTarget[]): Promise<ReadonlySet<string>> {
    if (publish.length === 0) return new Set();
    const won = await this.firing.intend(publish.map((item) => item.armed));
    const marked = won.length === 0 ? [] : await this.firing.markPublishing(won);
    const started = new Set(marked.map((ref) => ref.attemptId));
    for (const item of publish) if (started.has(item.armed.attemptId)) this.start(item);
    return started;
  }

  /** One target that cannot be written must not stop the others; it is given back and asked again. */
  private async applies({ armed }: ArmedTarget, decision: RouteDecision): Promise<boolean> {
    try {
      return await this.apply.execute(armed, decision);
    } catch (error) {
      this.logger.error({ err: error, targetId: armed.targetId }, 'A decision could not be written');
      return false;
    }
  }

  /** Begins nothing more; calls that wait for their turn are given back at once. Resolves when that is written. */
  async stop(): Promise<void> {
    const waiting = new Set(this.lanes.stop());
    const unbegun = [...this.begun.values()].filter(({ target }) => waiting.has(target.id));
    await Promise.allSettled(unbegun.map(({ target, armed }) => this.publish.handBack(target, armed)));
  }

  /** Resolves when no call runs or waits any more. */
  whenIdle(): Promise<void> {
    return this.lanes.whenIdle();
  }

  /**
   * Early ones wait. The rest lost their version to a cancel, an edit or another worker, or their fallback to another
   * origin: what still waits among them is woken by the sweep.
   */
  private async leftOver(lost: readonly ArmedTarget[]): Promise<readonly ArmedTarget[]> {
    if (lost.length === 0) return [];
    const now = new Map((await this.firing.load(lost.map((item) => item.target.id))).map((row) => [row.id, row]));
    const early = lost.filter(({ armed, target }) => {
      const current = now.get(target.id);
      const waits = current?.status === 'scheduled' && current.version === armed.version;
      return waits && (current.dueAt > this.engine.now() || current.scheduledAt > this.engine.now());
    });
    await this.firing.disarm(lost.filter((item) => !early.includes(item)).map((item) => item.armed));
    return early;
  }

  private start({ target, armed }: ArmedTarget): void {
    this.begun.set(armed.attemptId, { target, armed });
    this.lanes
      .start(target, () => this.publish.execute(target, armed))
      .catch((error: unknown) => {
        this.logger.error({ err: error, targetId: target.id }, 'A publish call failed in our own code');
      })
      .finally(() => this.begun.delete(armed.attemptId));
  }
}
