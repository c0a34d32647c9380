import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { HOUR_MS } from '../../../kernel/durations.js';
import { ApplyNotices } from '../../application/notices/apply-notices.js';

const APPLY_MS = 500;

/** Applies what platforms told us; the request that brought it was answered long ago. */
@Injectable()
export class NoticesJob implements OnModuleInit {
  constructor(
    private readonly notices: ApplyNotices,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('notices', APPLY_MS, () => this.notices.runOnce());
    this.ticks.everyInCluster('forget-notices', HOUR_MS, () => this.notices.forget());
  }
}
