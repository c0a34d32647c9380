import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { SendFirstComments } from '../../application/comments/send-first-comments.js';

const EVENTS = 1_000;
const CONSUMER = 'publishing.first-comment';

/** Plans first comments as posts go live, and writes them, once in the cluster. */
@Injectable()
export class FirstCommentsJob implements OnModuleInit {
  constructor(
    private readonly comments: SendFirstComments,
    private readonly ticks: Ticks,
    private readonly outbox: EventOutbox,
  ) {}

  onModuleInit(): void {
    this.ticks.every(CONSUMER, SECOND_MS, () => this.plan());
    this.ticks.everyInCluster('first-comments', SECOND_MS, () => this.comments.runOnce());
  }

  async plan(): Promise<void> {
    for (let handled = EVENTS; handled === EVENTS;)
      handled = await this.outbox.consume(CONSUMER, EVENTS, (events, tx) => {
        const live = events.filter(({ type }) => type === 'post.published').map(({ subjectId }) => subjectId);
        return this.comments.plan(live, tx);
      });
  }
}
