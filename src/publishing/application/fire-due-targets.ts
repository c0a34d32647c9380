import { Injectable, Logger } from '@nestjs/common';
import { Firing } from '../domain/firing.port.js';
import { ApplyDecision } from './apply-decision.js';
import type { ArmedTarget } from './arm-targets.js';
import { DecideTargets } from './decide-targets.js';
import { Engine } from './engine.js';
import { LimitedWork } from './limited-work.js';
import { PublishTarget } from './publish-target.js';

/** At the due instant: decide, write intents, start the calls. */
@Injectable()
export class FireDueTargets {
  private readonly logger = new Logger('Fire');

  constructor(
    private readonly firing: Firing,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecision,
    private readonly publish: PublishTarget,
    private readonly work: LimitedWork,
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
    const publish = due.filter((item) => decided.get(item.target.id)?.kind === 'publish');
    for (const { armed } of due) {
      const decision = decided.get(armed.targetId);
      if (decision && decision.kind !== 'publish') await this.apply.execute(armed, decision);
    }
    if (publish.length === 0) return [];
    const won = await this.firing.intend(publish.map((item) => item.armed));
    const winners = new Set(won.map((ref) => ref.attemptId));
    await this.firing.markPublishing(won);
    for (const item of publish) if (winners.has(item.armed.attemptId)) this.start(item);
    return this.leftOver(publish.filter((item) => !winners.has(item.armed.attemptId)));
  }

  /** Resolves when no call runs or waits any more. */
  whenIdle(): Promise<void> {
    return this.work.whenIdle();
  }

  /** Early ones wait; the rest lost their version to a cancel, an edit or another worker. */
  private async leftOver(lost: readonly ArmedTarget[]): Promise<readonly ArmedTarget[]> {
    if (lost.length === 0) return [];
    const now = new Map((await this.firing.load(lost.map((item) => item.target.id))).map((row) => [row.id, row]));
    const early = lost.filter(({ armed, target }) => {
      const current = now.get(target.id);
      return current?.status === 'scheduled' && current.version === armed.version && current.dueAt > this.engine.now();
    });
    await this.firing.disarm(lost.filter((item) => !early.includes(item)).map((item) => item.armed));
    return early;
  }

  private start({ target, armed }: ArmedTarget): void {
    this.work
      .start(() => this.publish.execute(target, armed))
      .catch((error: unknown) => {
        this.logger.error({ err: error, targetId: target.id }, 'A publish call failed in our own code');
      });
  }
}
