import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { HOUR_MS } from '../../kernel/durations.js';
import { IdempotencyRecords } from '../domain/idempotency-records.port.js';

/** Forgets remembered answers after their day, once an hour in the cluster. */
@Injectable()
export class PurgeIdempotencyJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly records: IdempotencyRecords,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('workspaces.purge_idempotency', HOUR_MS, () => this.runOnce());
  }

  runOnce(): Promise<number> {
    return this.records.purge();
  }
}
