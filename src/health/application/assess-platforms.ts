import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../kernel/transaction.js';
import { assess } from '../domain/assessment.js';
import { Assessments } from '../domain/assessments.port.js';
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
      const { changed, transitions } = assess(known, batch.signals, batch.hasMore ? undefined : batch.now, config);
      await this.assessments.save(changed, config, tx);
      await this.declare.execute(transitions, tx);
      return { folded: batch.signals.length, transitions };
    });
    for (const { platform, region, capability, transition } of done?.transitions ?? []) {
      const { from, to, reason } = transition;
      this.logger.log(
        { platform, region, capability, from, to },
        `${platform} ${region} ${capability}: ${to}. ${reason}`,
      );
    }
    return done?.folded ?? 0;
  }
}
