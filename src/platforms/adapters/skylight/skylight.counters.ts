import { setImmediate as nextTurn } from 'node:timers/promises';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { counters, type PostCounters } from './skylight.answers.js';
import type { SkylightClient } from './skylight.client.js';

/** `getPosts` takes this many at once (lexicon app.bsky.feed.getPosts, read Nov 2026). */
const POSTS_PER_CALL = 25;

/** `unseen`: the AppView does not know this post (yet). */
export type CountersRead =
  | { readonly kind: 'seen'; readonly counters: PostCounters }
  | { readonly kind: 'unseen' }
  | { readonly kind: 'failed'; readonly answer: PlatformAnswer };

type Batch = ReadonlyMap<string, PostCounters> | PlatformAnswer;

/** Public counters from the AppView, without a token; posts asked for in the same moment share a call. */
export class SkylightCounters {
  private waiting: string[] = [];
  private next: Promise<readonly (readonly [readonly string[], Batch])[]> | undefined;

  constructor(
    private readonly appViewUrl: string,
    private readonly client: SkylightClient,
  ) {}

  async read(uri: string): Promise<CountersRead> {
    this.waiting.push(uri);
    this.next ??= this.collect();
    const batches = await this.next;
    const batch = batches.find(([uris]) => uris.includes(uri))?.[1];
    if (batch === undefined) return { kind: 'unseen' };
    if ('kind' in batch) return { kind: 'failed', answer: batch };
    const found = batch.get(uri);
    return found ? { kind: 'seen', counters: found } : { kind: 'unseen' };
  }

  private async collect(): Promise<readonly (readonly [readonly string[], Batch])[]> {
    await nextTurn();
    const uris = [...new Set(this.waiting)];
    this.waiting = [];
    this.next = undefined;
    const calls: string[][] = [];
    for (let at = 0; at < uris.length; at += POSTS_PER_CALL) calls.push(uris.slice(at, at + POSTS_PER_CALL));
    return Promise.all(calls.map(async (some) => [some, await this.ask(some)] as const));
  }

  private async ask(uris: readonly string[]): Promise<Batch> {
    const url = new URL('/xrpc/app.bsky.feed.getPosts', this.appViewUrl);
    for (const uri of uris) url.searchParams.append('uris', uri);
    // Shared by several callers, so none of their deadlines applies; the HTTP client has its own.
    const { signal } = new AbortController();
    const answer = await this.client.send({ method: 'GET', url: url.href, signal });
    const read = answer.kind === 'response' && answer.status === 200 ? readJson(answer.text, counters) : undefined;
    return read ? new Map(read.posts.map((post) => [post.uri, post])) : answer;
  }
}
