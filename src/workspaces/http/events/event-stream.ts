import type { EventFeed, EventFollower } from '../../../infra/outbox/event-feed.js';
import type { EventOutbox, StoredEvent } from '../../../infra/outbox/event-outbox.js';
import { encodePosition, type EventPosition, isAfter } from '../../../infra/outbox/event-position.js';
import type { SseStream } from '../../../infra/http/sse-stream.js';
import { publicEvent } from '../../domain/events/public-event.js';

const PAGE = 200;

/** What one connection wants to hear. */
export interface Subscription {
  readonly workspaceId: string;
  /** All when left out. */
  readonly types?: ReadonlySet<string>;
}

/** One connection: reads what it missed by itself, then follows the feed that all share. In order, without a gap. */
export class EventStream implements EventFollower {
  private position: EventPosition = { xid: '0', id: '0' };
  private line: SseStream | undefined;
  private isLive = false;

  constructor(
    private readonly feed: EventFeed,
    private readonly outbox: EventOutbox,
    private readonly subscription: Subscription,
  ) {}

  /** The last place this connection knows of. */
  get lastId(): string {
    return encodePosition(this.position);
  }

  /** Tells all that was missed since `start`, then follows. The feed was joined before. */
  open(line: SseStream, start: EventPosition): Promise<void> {
    this.line = line;
    this.position = start;
    line.mark(this.lastId);
    return this.catchUp(line);
  }

  receive(events: readonly StoredEvent[], head: EventPosition): void {
    if (!this.isLive || !this.line) return;
    for (const event of events) {
      if (this.line.isBackedUp) return this.fallBehind(this.line);
      if (this.concerns(event)) this.tell(event);
      this.position = event;
    }
    this.position = head;
  }

  end(): void {
    this.line?.close('the server stops: connect again with Last-Event-ID');
  }

  /** A reader that is slow for a moment reads on by itself, at its own pace. */
  private fallBehind(line: SseStream): void {
    this.isLive = false;
    this.catchUp(line).catch(() => line.close('cannot read on now: connect again with Last-Event-ID'));
  }

  /** Resolves when it follows live, or is over. */
  private async catchUp(line: SseStream): Promise<void> {
    for (await line.drained(); line.isOpen; await line.drained()) {
      const { head } = this.feed;
      if (!head) return;
      // Nothing is awaited between this look and the switch: the feed cannot move on in between.
      if (!isAfter(head, this.position)) {
        this.isLive = true;
        return;
      }
      await this.readOn(head);
    }
  }

  private async readOn(horizon: EventPosition): Promise<void> {
    const { workspaceId, types } = this.subscription;
    const span = { after: this.position, horizon, limit: PAGE };
    const events = await this.outbox.ofWorkspace(workspaceId, span, types && [...types]);
    for (const event of events) this.tell(event);
    const last = events.at(-1);
    this.position = last && events.length === PAGE ? { xid: last.xid, id: last.id } : horizon;
  }

  private concerns({ workspaceId, type }: StoredEvent): boolean {
    const { subscription } = this;
    const isOurs = workspaceId === null || workspaceId === subscription.workspaceId;
    return isOurs && (subscription.types?.has(type) ?? true);
  }

  private tell(event: StoredEvent): void {
    const told = publicEvent(encodePosition(event), event);
    if (told) this.line?.send({ id: told.id, event: told.type, data: JSON.stringify(told) });
  }
}
