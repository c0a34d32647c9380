import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { PartialRuns } from '../../infrastructure/targets/partial-runs.repository.js';

const EVENTS = 1_000;

/** Tells followers of runs that ended with only some accounts live. */
@Injectable()
export class PartialRunsJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly outbox: EventOutbox,
    private readonly partial: PartialRuns,
  ) {}

  onModuleInit(): void {
    this.ticks.every('publishing.partial', SECOND_MS, () => this.runOnce());
  }

  async runOnce(): Promise<void> {
    for (let handled = EVENTS; handled === EVENTS;)
      handled = await this.outbox.consume('publishing.partial', EVENTS, async (events, tx) => {
        await this.outbox.append(await this.partial.execute(events, tx), tx);
      });
  }
}
