import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { SecondLooks } from '../../application/reconcile/second-looks.js';

const SECOND_LOOKS_MS = 5 * SECOND_MS;

/** What finds out the truth besides the looks at open doubts. */
@Injectable()
export class TruthJob implements OnModuleInit {
  constructor(
    private readonly secondLooks: SecondLooks,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('second-looks', SECOND_LOOKS_MS, () => this.secondLooks.runOnce());
  }
}
