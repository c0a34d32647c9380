import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Database } from '../../../infra/database/database.js';
import { Readiness } from '../../../infra/http/readiness.js';
import { WAKE_UP_QUEUE } from '../firing/wake-up.queue.js';
import { IDLE_DUE, WAKING } from './engine-gauges.sql.js';

/** Invariant I6: due for longer than this, and nobody on it. */
const IDLE_SECONDS = 60;
const SAMPLE = 100;

/** A worker is not ready while something due lies idle: neither leased, nor intended, nor held, nor queued. */
@Injectable()
export class IdleTargets implements OnModuleInit {
  private readonly logger = new Logger('IdleTargets');

  constructor(
    private readonly database: Database,
    private readonly readiness: Readiness,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    if (this.config.publishes) this.readiness.add(() => this.obstacle());
  }

  async obstacle(): Promise<string | undefined> {
    const due = await this.database.rows<{ id: string }>(IDLE_DUE, [IDLE_SECONDS, SAMPLE]);
    if (due.length === 0) return undefined;
    const waking = await this.database.rows<{ id: string }>(WAKING, [WAKE_UP_QUEUE, due.map(({ id }) => id)]);
    const awake = new Set(waking.map(({ id }) => id));
    const idle = due.filter(({ id }) => !awake.has(id));
    if (idle.length === 0) return undefined;
    const some = due.length === SAMPLE ? `at least ${idle.length}` : String(idle.length);
    // The answer is for strangers too: whose targets they are stands in the log alone.
    this.logger.warn({ targets: idle.slice(0, 10).map(({ id }) => id) }, 'Targets are due and nobody is on them');
    return `Due for more than ${IDLE_SECONDS} s and nobody is on it: ${some}.`;
  }
}
