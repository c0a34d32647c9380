import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { CountSignals } from '../../application/ledger/count-signals.js';
import { RecordEvents } from '../../application/ledger/record-events.js';
import { LedgerSettings } from '../../ledger-settings.js';

const FOLLOW_EVERY_MS = SECOND_MS;
const EVENTS = 1_000;

/** Keeps the ledger: follows events by cursor, counts signals. */
@Injectable()
export class LedgerJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly outbox: EventOutbox,
    private readonly record: RecordEvents,
    private readonly signals: CountSignals,
    private readonly settings: LedgerSettings,
  ) {}

  onModuleInit(): void {
    this.ticks.every('incidents.events', FOLLOW_EVERY_MS, () => this.follow());
    const countEveryMs = Math.max(SECOND_MS, this.settings.timing.bucketMs / 2);
    this.ticks.everyInCluster('incidents.signals', countEveryMs, () => this.signals.runOnce());
  }

  async follow(): Promise<void> {
    for (let handled = EVENTS; handled === EVENTS;)
      handled = await this.outbox.consume('incidents', EVENTS, async (events, tx) => {
        await this.record.handle(events, tx);
      });
  }
}
