import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { ReleasePaused } from '../../application/pauses/release-paused.js';

const RELEASE_MS = 5_000;

/** Lets go what no switch stops any more, wherever it was switched. */
@Injectable()
export class PausesJob implements OnModuleInit {
  constructor(
    private readonly releases: ReleasePaused,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('release-paused', RELEASE_MS, () => this.releases.runOnce());
  }
}
