import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { JudgeLate } from '../../application/rerouting/judge-late.js';
import { PlanAnnouncements } from '../../application/rerouting/plan-announcements.js';
import { SeekAgain } from '../../application/rerouting/seek-again.js';
import { SendAnnouncements } from '../../application/rerouting/send-announcements.js';
import { TakeDownLate } from '../../application/rerouting/take-down-late.js';

const EVENTS = 1_000;
const CONSUMER = 'publishing.announce';

/** What the ticks of this job drive. */
@Injectable()
export class AftermathUseCases {
  constructor(
    readonly judgeLate: JudgeLate,
    readonly takeDown: TakeDownLate,
    readonly planAnnouncements: PlanAnnouncements,
    readonly announce: SendAnnouncements,
    readonly seekAgain: SeekAgain,
  ) {}
}

/** What follows a move: late copies, messages with the live links, and doubts that still have no replacement. */
@Injectable()
export class AftermathJob implements OnModuleInit {
  constructor(
    private readonly use: AftermathUseCases,
    private readonly ticks: Ticks,
    private readonly outbox: EventOutbox,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('late-copies', 2 * SECOND_MS, () => this.lateCopies());
    this.ticks.every('publishing.announce', SECOND_MS, () => this.plan());
    this.ticks.everyInCluster('announcements', SECOND_MS, () => this.use.announce.runOnce());
    this.ticks.everyInCluster('seek-again', SECOND_MS, () => this.use.seekAgain.runOnce());
  }

  async lateCopies(): Promise<void> {
    await this.use.judgeLate.runOnce();
    await this.use.takeDown.runOnce();
  }

  async plan(): Promise<void> {
    for (let handled = EVENTS; handled === EVENTS;)
      handled = await this.outbox.consume(CONSUMER, EVENTS, (events, tx) =>
        this.use.planAnnouncements.execute(events, tx),
      );
  }
}
