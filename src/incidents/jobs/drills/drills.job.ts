import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { RunDrills } from '../../application/drills/run-drills.js';
import { DRILL_KINDS } from '../../domain/drills/drill.js';

const LOOK_MS = 1_000;

/** Runs due drills: each kind under a lock of its own, so that a long one in the sandbox keeps no dry run waiting. */
@Injectable()
export class DrillsJob implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly drills: RunDrills,
    private readonly ticks: Ticks,
  ) {}

  /** Before the ticks wait for what runs. */
  onModuleDestroy(): void {
    this.drills.stop();
  }

  onModuleInit(): void {
    for (const kind of DRILL_KINDS)
      this.ticks.everyInCluster(`drills-${kind}`, LOOK_MS, () => this.drills.runOnce(kind));
  }
}
