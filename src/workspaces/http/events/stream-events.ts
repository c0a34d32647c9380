import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EventFeed } from '../../../infra/outbox/event-feed.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { decodePosition } from '../../../infra/outbox/event-position.js';
import { SSE_LIMITS, type SseLimits, SseStream } from '../../../infra/http/sse-stream.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { MINUTE_MS } from '../../../kernel/durations.js';
import { CallerWatch } from './caller-watch.js';
import { EventStream } from './event-stream.js';
import { assertPast, type WantedEvents } from './read-events.js';
import { StreamSeats } from './stream-seats.js';

/** When who found no room may ask again. */
const RETRY_AFTER_SECONDS = 30;

/** Events as they happen, for who stays connected. */
@Injectable()
export class StreamEvents {
  limits: SseLimits = SSE_LIMITS;
  /** How soon a stream ends after its key or session. */
  lookEveryMs = MINUTE_MS;

  constructor(
    private readonly feed: EventFeed,
    private readonly outbox: EventOutbox,
    private readonly seats: StreamSeats,
    private readonly callers: CallerWatch,
  ) {}

  /**
   * Resolves when the stream follows live.
   * @throws DomainError `event.bad_position`, `event.too_many_streams`, `event.streams_full`
   */
  async open(wanted: WantedEvents, request: Request, response: Response): Promise<void> {
    const leaveSeat = this.takeSeat(wanted.workspaceId, response);
    response.once('close', leaveSeat);
    try {
      await this.follow(wanted, request, response);
    } catch (error) {
      leaveSeat();
      throw error;
    }
  }

  private async follow(
    { workspaceId, types, from }: WantedEvents,
    request: Request,
    response: Response,
  ): Promise<void> {
    const asked = from === undefined ? undefined : decodePosition(from);
    const stream = new EventStream(this.feed, this.outbox, { workspaceId, ...(types && { types: new Set(types) }) });
    const head = await this.feed.join(stream);
    response.once('close', () => this.feed.leave(stream));
    try {
      if (asked) assertPast(asked, head);
      if (response.destroyed) return this.feed.leave(stream);
      const line = new SseStream(response, this.limits, () => stream.lastId);
      this.watchCaller(line, request);
      await stream.open(line, asked ?? head);
    } catch (error) {
      this.feed.leave(stream);
      throw error;
    }
  }

  private takeSeat(workspaceId: string, response: Response): () => void {
    try {
      return this.seats.take(workspaceId);
    } catch (error) {
      response.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
      throw error;
    }
  }

  /** A key that is revoked, or a session that ends meanwhile, ends the stream. */
  private watchCaller(line: SseStream, request: Request): void {
    const look = async () => {
      try {
        await this.callers.assertStands(request);
      } catch (error) {
        // While the database is away nobody can know; the next look will.
        if (error instanceof DomainError) line.close(error.message);
      }
    };
    const timer = setInterval(() => void look(), this.lookEveryMs).unref();
    line.onClose(() => clearInterval(timer));
  }
}
