import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { EventOutbox } from '../../infra/outbox/event-outbox.js';
import { DraftNotices } from '../application/draft-notices.js';
import { StartDueNotices } from '../application/start-due-notices.js';

const EVERY_MS = 1_000;
const EVENTS = 500;

/** Follows outages: drafts their notices, and starts those that may go out by themselves. */
@Injectable()
export class NoticesJob implements OnModuleInit {
  private readonly logger = new Logger('Notices');
  /** Told once per notice, not once per second. */
  private readonly toldOf = new Set<string>();

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
    const { started, refused } = await this.startDue.runOnce();
    if (started > 0) this.logger.log(`${started} notices started by their route`);
    for (const { broadcastId, code } of refused) {
      if (this.toldOf.has(broadcastId)) continue;
      this.toldOf.add(broadcastId);
      this.logger.warn(`Notice ${broadcastId} could not go out by itself: ${code}`);
    }
  }
}
