import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { ExpireHandOffs } from '../../application/hand-off/expire-hand-offs.js';
import { NotifyHandOffs } from '../../application/hand-off/notify-hand-offs.js';

const NOTIFY_MS = 500;
const EXPIRE_MS = 1_000;

/** Tells people what is due for them, and ends what nobody answered. */
@Injectable()
export class HandOffsJob implements OnModuleInit {
  constructor(
    private readonly notify: NotifyHandOffs,
    private readonly expire: ExpireHandOffs,
    private readonly config: AppConfig,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    if (!this.config.publishes) return;
    this.ticks.every('notify-hand-offs', NOTIFY_MS, () => this.notify.runOnce());
    this.ticks.everyInCluster('expire-hand-offs', EXPIRE_MS, () => this.expire.runOnce());
  }
}
