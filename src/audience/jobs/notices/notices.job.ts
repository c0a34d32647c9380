import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { DraftNotices } from '../../application/notices/draft-notices.js';
import { StartDueNotices } from '../../application/notices/start-due-notices.js';

const EVERY_MS = 1_000;
const EVENTS = 500;

/** Follows outages: drafts their notices, starts those that may go by themselves, ends those that came too late. */
@Injectable()
export class NoticesJob implements OnModuleInit {
  private readonly logger = new Logger('Notices');

  constructor(
    private readonly ticks: Ticks,
    private readonly outbox: EventOutbox,
    private readonly draft: DraftNotices,
    private readonly startDue: StartDueNotices,
  ) {}

  onModuleInit(): void {
    this.ticks.every('audience.events', EVERY_MS, () => this.follow());
    this.ticks.everyInCluster('audience.notices', EVERY_MS, () => this.start());
  }

  async follow(): Promise<void> {
    for (let handled = EVENTS; handled === EVENTS;)
      handled = await this.outbox.consume('audience', EVENTS, async (events, tx) => {
        const drafted = await this.draft.handle(events, tx);
        if (drafted > 0) this.logger.log(`${drafted} notices drafted`);
      });
  }

  private async start(): Promise<void> {
    const { started, waiting, withdrawn } = await this.startDue.runOnce();
    if (started > 0) this.logger.log(`${started} notices started by themselves`);
    if (withdrawn > 0) this.logger.log(`${withdrawn} messages withdrawn: their outage had ended`);
    for (const { broadcastId, reason } of waiting)
      this.logger.warn(`Notice ${broadcastId} waits for a person: ${reason}`);
  }
}
