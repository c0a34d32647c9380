import { Injectable } from '@nestjs/common';
import { WebSocket } from 'undici';
import { SECOND_MS } from '../../../kernel/durations.js';
import { type Listened, PostStream } from '../../domain/radar/radar.ports.js';

/** The stream brings tens of posts a second; this long without one and the connection is dead. */
const SILENCE_MS = 30 * SECOND_MS;
/** What a post may be; the server leaves larger ones out. */
const MAX_MESSAGE_BYTES = 32_768;

type Order = Parameters<PostStream['listen']>[0];

/** Jetstream, the JSON side of the AT Protocol firehose; no account needed. */
@Injectable()
export class JetstreamClient extends PostStream {
  /** @param url `wss://.../subscribe`, the operator's choice and nobody else's */
  constructor(
    private readonly url: string,
    private readonly silenceMs = SILENCE_MS,
  ) {
    super();
  }

  async listen(order: Order): Promise<Listened> {
    if (order.signal.aborted) return { messages: 0, why: 'asked to stop' };
    const stay = new Stay(order, this.addressFrom(order.fromUs), this.silenceMs);
    return stay.done;
  }

  private addressFrom(fromUs: number | undefined): string {
    const url = new URL(this.url);
    url.searchParams.set('wantedCollections', 'app.bsky.feed.post');
    url.searchParams.set('maxMessageSizeBytes', String(MAX_MESSAGE_BYTES));
    if (fromUs !== undefined) url.searchParams.set('cursor', String(fromUs));
    return url.href;
  }
}

/** One connection from its beginning to its end. */
class Stay {
  readonly done: Promise<Listened>;
  private readonly ended = Promise.withResolvers<string>();
  private readonly socket: WebSocket;
  private messages = 0;
  private turning: Promise<void> = Promise.resolve();
  private readonly turns: NodeJS.Timeout;
  private readonly silence: NodeJS.Timeout;
  private readonly stop = () => this.ended.resolve('asked to stop');

  constructor(
    private readonly order: Order,
    address: string,
    silenceMs: number,
  ) {
    this.socket = new WebSocket(address);
    this.silence = setTimeout(() => this.ended.resolve('it fell silent'), silenceMs);
    this.turns = setInterval(() => this.turn(), order.turnMs);
    this.socket.addEventListener('message', ({ data }) => this.take(data));
    this.socket.addEventListener('error', () => this.ended.resolve('no connection'));
    this.socket.addEventListener('close', ({ code }) => this.ended.resolve(`closed with ${code}`));
    order.signal.addEventListener('abort', this.stop);
    this.done = this.leave();
  }

  private take(data: unknown): void {
    this.messages += 1;
    this.silence.refresh();
    if (typeof data === 'string' && data.length <= MAX_MESSAGE_BYTES) this.order.onMessage(data);
  }

  /** One at a time: a slow database makes turns rarer, never parallel. */
  private turn(): void {
    this.turning = this.turning.then(async () => {
      const goesOn = await this.order.onTurn().catch(() => false);
      if (!goesOn) this.ended.resolve('nobody listens');
    });
  }

  private async leave(): Promise<Listened> {
    const why = await this.ended.promise;
    clearInterval(this.turns);
    clearTimeout(this.silence);
    this.order.signal.removeEventListener('abort', this.stop);
    this.socket.close();
    this.turn();
    await this.turning;
    return { messages: this.messages, why };
  }
}
