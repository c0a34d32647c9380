import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { EventOutbox, type StoredEvent } from './event-outbox.js';
import { type EventPosition, isAfter } from './event-position.js';

const POLL_MS = 500;
const AFTER_FAILURE_MS = 1_000;
const BATCH = 1_000;

/** One who is told of new events as they become readable. */
export interface EventFollower {
  /** The next events of all workspaces, in order; the feed has come to `head` with them. Must not throw. */
  receive(events: readonly StoredEvent[], head: EventPosition): void;
  /** The process stops; nothing more will come. */
  end(): void;
}

/**
 * New events for everyone in this process who follows: one reader of the outbox, however many follow, and none while
 * nobody does.
 */
@Injectable()
export class EventFeed implements BeforeApplicationShutdown {
  private readonly logger = new Logger('EventFeed');
  private readonly followers = new Set<EventFollower>();
  private reached: EventPosition | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<EventPosition> | undefined;
  private isFailing = false;

  constructor(private readonly outbox: EventOutbox) {}

  /** How far the feed has come; undefined before anyone followed. */
  get head(): EventPosition | undefined {
    return this.reached;
  }

  /** How many follow now. */
  get followerCount(): number {
    return this.followers.size;
  }

  /** @returns where the feed stands now; `follower` gets all that comes after it, until it leaves */
  async join(follower: EventFollower): Promise<EventPosition> {
    // Who comes to an idle feed does not wait for what nobody followed.
    if (this.followers.size === 0 && !this.reading) this.reached = undefined;
    this.followers.add(follower);
    try {
      const head = await this.read();
      this.plan(POLL_MS);
      return head;
    } catch (error) {
      this.leave(follower);
      throw error;
    }
  }

  leave(follower: EventFollower): void {
    this.followers.delete(follower);
    if (this.followers.size > 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Reads on to the present, once for all who ask at the same time, and tells the followers. */
  read(): Promise<EventPosition> {
    this.reading ??= this.readOn().finally(() => (this.reading = undefined));
    return this.reading;
  }

  beforeApplicationShutdown(): void {
    for (const follower of [...this.followers]) {
      follower.end();
      this.leave(follower);
    }
  }

  private async readOn(): Promise<EventPosition> {
    const horizon = await this.outbox.horizon();
    let head = (this.reached ??= horizon);
    while (isAfter(horizon, head)) {
      const events = await this.outbox.between(head, horizon, BATCH);
      const last = events.at(-1);
      head = last && events.length === BATCH ? { xid: last.xid, id: last.id } : horizon;
      this.reached = head;
      for (const follower of this.followers) follower.receive(events, head);
    }
    return head;
  }

  private plan(inMs: number): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => void this.tick(), inMs).unref();
  }

  private async tick(): Promise<void> {
    this.timer = undefined;
    try {
      await this.read();
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn({ err: error }, 'New events cannot be read; followers wait');
      this.isFailing = true;
    }
    if (this.followers.size > 0) this.plan(this.isFailing ? AFTER_FAILURE_MS : POLL_MS);
  }
}
