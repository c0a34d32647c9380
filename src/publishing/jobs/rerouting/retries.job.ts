import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { DecideRetries } from '../../application/rerouting/decide-retries.js';

const DECIDE_MS = 500;

/** Looks at waiting retries while a platform is down. */
@Injectable()
export class RetriesJob implements OnModuleInit {
  constructor(
    private readonly retries: DecideRetries,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('decide-retries', DECIDE_MS, () => this.retries.runOnce());
  }
}
