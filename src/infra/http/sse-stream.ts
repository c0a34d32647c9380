import type { Response } from 'express';
import { SECOND_MS } from '../../kernel/durations.js';

/** How a stream keeps its line open and itself small. */
export interface SseLimits {
  /** Between two signs of life. */
  readonly heartbeatMs: number;
  /** How long a reader may take for what has been written before it counts as too slow. */
  readonly drainWithinMs: number;
}

export const SSE_LIMITS: SseLimits = {
  heartbeatMs: 15 * SECOND_MS,
  drainWithinMs: 30 * SECOND_MS,
};

/** After this the connection is cut, whatever was not read. */
const CUT_AFTER_MS = 2 * SECOND_MS;
/** What a browser waits before it comes back. */
const RETRY_MS = 3 * SECOND_MS;

export interface SseMessage {
  readonly id: string;
  readonly event: string;
  /** One line. */
  readonly data: string;
}

/** One open `text/event-stream` answer (WHATWG HTML, server-sent events). */
export class SseStream {
  private readonly heart: NodeJS.Timeout;
  private isOver = false;

  /** @param beat called at every sign of life, before it is written; its answer becomes the reader's last event id */
  constructor(
    private readonly response: Response,
    private readonly limits: SseLimits,
    beat: () => string,
  ) {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // nginx would collect what it should pass on.
      'X-Accel-Buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    this.heart = setInterval(() => this.write(`: alive\nid: ${beat()}\n\n`), limits.heartbeatMs).unref();
    response.once('close', () => this.stop());
    response.on('error', () => this.stop());
  }

  get isOpen(): boolean {
    return !this.isOver;
  }

  /** The reader has not yet taken what was written: write no more before `drained`. */
  get isBackedUp(): boolean {
    return this.response.writableNeedDrain;
  }

  onClose(listener: () => void): void {
    this.response.once('close', listener);
  }

  send({ id, event, data }: SseMessage): void {
    this.write(`id: ${id}\nevent: ${event}\ndata: ${data}\n\n`);
  }

  /** Moves the reader's last event id without an event, so that it resumes from here. */
  mark(id: string): void {
    this.write(`id: ${id}\n\n`);
  }

  /** Resolves when the reader has taken what was written, or was dropped because it did not in time. */
  async drained(): Promise<void> {
    if (this.isOver || !this.response.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(
        () => this.close('too slow: connect again with Last-Event-ID'),
        this.limits.drainWithinMs,
      );
      const done = () => {
        clearTimeout(timer);
        this.response.off('drain', done).off('close', done);
        resolve();
      };
      this.response.on('drain', done).on('close', done);
    });
  }

  /** Says why and ends the answer. */
  close(why: string): void {
    if (this.isOver) return;
    this.response.end(`: ${why}\n\n`);
    this.stop();
    setTimeout(() => this.response.destroy(), CUT_AFTER_MS).unref();
  }

  private write(text: string): void {
    if (!this.isOver) this.response.write(text);
  }

  private stop(): void {
    this.isOver = true;
    clearInterval(this.heart);
  }
}
