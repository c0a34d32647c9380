import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { acceptWebSocket, type WebSocketPeer } from '../http/web-socket.js';
import type { World } from '../world/world.js';

const COLLECTION = 'app.bsky.feed.post';
/** The real one keeps a day or more. */
const KEPT = 10_000;

/** A post as it is to appear in the stream. */
export interface StreamedPost {
  readonly text: string;
  readonly did: string;
}

interface Streamed {
  readonly timeUs: number;
  readonly raw: string;
}

/**
 * Jetstream: the firehose of new posts as JSON over a WebSocket. `wantedCollections` filters, `cursor` (microseconds)
 * replays from there on, that event included.
 */
export class Jetstream {
  #events: Streamed[] = [];
  readonly #peers = new Map<WebSocketPeer, URLSearchParams>();
  #lastUs = 0;

  constructor(private readonly world: World) {}

  /** Connections that listen now. */
  get listeners(): number {
    return this.#peers.size;
  }

  /** @returns false when the address is another one */
  accept(request: IncomingMessage, socket: Duplex): boolean {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    if (!url.pathname.endsWith('/subscribe')) return false;
    const query = url.searchParams;
    const peer = acceptWebSocket(request, socket, () => this.#peers.delete(peer));
    this.#peers.set(peer, query);
    this.world.calls.record('feeds', 'firehose');
    const from = Number(query.get('cursor') ?? Number.NaN);
    if (wantsPosts(query)) for (const { timeUs, raw } of this.#events) if (timeUs >= from) peer.send(raw);
    return true;
  }

  /** Posts it to everybody who listens. */
  post({ text, did }: StreamedPost): void {
    this.#lastUs = Math.max(this.#lastUs + 1, this.world.clock.nowMs() * 1_000);
    const event = { timeUs: this.#lastUs, raw: JSON.stringify(commitOf(did, text, this.#lastUs, this.world)) };
    this.#events = [...this.#events.slice(1 - KEPT), event];
    for (const [peer, query] of this.#peers) if (wantsPosts(query)) peer.send(event.raw);
  }

  /** Somebody who has not posted yet. */
  stranger(): string {
    return `did:plc:${this.world.ids.word(24)}`;
  }

  /** Cuts every connection, as a restart of the server does. @returns how many */
  cut(): number {
    const cut = this.#peers.size;
    for (const peer of this.#peers.keys()) peer.close(true);
    return cut;
  }

  reset(): void {
    this.cut();
    this.#events = [];
  }
}

const wantsPosts = (query: URLSearchParams): boolean => {
  const wanted = query.getAll('wantedCollections');
  return wanted.length === 0 || wanted.includes(COLLECTION);
};

const commitOf = (did: string, text: string, timeUs: number, { ids }: World): unknown => ({
  did,
  time_us: timeUs,
  kind: 'commit',
  commit: {
    rev: ids.word(13),
    operation: 'create',
    collection: COLLECTION,
    rkey: ids.word(13),
    record: { $type: COLLECTION, createdAt: new Date(timeUs / 1_000).toISOString(), langs: ['en'], text },
    cid: `bafyrei${ids.word(52)}`,
  },
});
