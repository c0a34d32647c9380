import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { ExpireApprovals } from '../../application/approvals/expire-approvals.js';

const EXPIRE_MS = 5_000;

/** Ends what nobody approved in time. */
@Injectable()
export class ApprovalsJob implements OnModuleInit {
  constructor(
    private readonly approvals: ExpireApprovals,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('expire-approvals', EXPIRE_MS, () => this.approvals.runOnce());
  }
}
