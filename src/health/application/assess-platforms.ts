import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../kernel/transaction.js';
import { Assessments } from '../domain/assessments.port.js';
import { HealthFold } from '../domain/health-fold.js';
import type { SelfState } from '../domain/self-suspect.js';
import { HealthSettings } from '../health-settings.js';
import { DeclareIncidents } from './declare-incidents.js';

/** Signals folded in one transaction. */
const BATCH = 2_000;

/** Folds new signals into the platforms' health: verdicts, incidents and events in one transaction. */
@Injectable()
export class AssessPlatforms {
  private readonly logger = new Logger('Health');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly assessments: Assessments,
    private readonly declare: DeclareIncidents,
    private readonly settings: HealthSettings,
  ) {}

  /** @returns how many signals were folded */
  async runOnce(): Promise<number> {
    const { detector: config } = this.settings;
    const done = await this.unitOfWork.run(async (tx) => {
      const batch = await this.assessments.take(BATCH, tx);
      if (!batch) return undefined;
      const known = await this.assessments.load(config, tx);
      const health = new HealthFold(config, known, batch.self);
      const transitions = batch.signals.flatMap((signal) => health.take(signal));
      if (!batch.hasMore) transitions.push(...health.tick(batch.now));
      await this.assessments.save(health.changed(), config, tx);
      if (health.self !== batch.self) await this.assessments.saveSelf(health.self, tx);
      await this.declare.execute(transitions, tx);
      return { folded: batch.signals.length, transitions, before: batch.self, self: health.self };
    });
    for (const { platform, region, capability, transition } of done?.transitions ?? []) {
      const { from, to, reason } = transition;
      this.logger.log(
        { platform, region, capability, from, to },
        `${platform} ${region} ${capability}: ${to}. ${reason}`,
      );
    }
    if (done) this.tellDoubt(done.before, done.self);
    return done?.folded ?? 0;
  }

  private tellDoubt(before: SelfState, { suspectSinceMs }: SelfState): void {
    if ((before.suspectSinceMs === null) === (suspectSinceMs === null)) return;
    if (suspectSinceMs === null) this.logger.log('Our own connection is back; publishing goes on');
    else this.logger.warn('Our own connection is gone: nobody is blamed, publishing pauses');
  }
}
