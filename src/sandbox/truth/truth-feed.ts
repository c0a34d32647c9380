import type { EventLog } from '../world/event-log.js';
import type { SandboxClock } from '../world/sandbox-clock.js';
import type { SandboxPlatform } from '../world/sandbox-platform.js';

/** One post that a platform took: it is, or will be, live. What `GET /__sim/posts` answers. */
export interface TruthPost {
  readonly platform: SandboxPlatform;
  readonly accountExternalId: string;
  /** The public id; null as long as the platform has given none. */
  platformPostId: string | null;
  /** The platform's name for the thing while it was built: publish_id, container id, upload_id, rkey. */
  readonly handle: string;
  readonly caption: string;
  readonly title?: string;
  readonly tags?: readonly string[];
  /** What follows `p:` or `s:` in a tag or in the caption, where the content carries one. */
  readonly marker?: string;
  /** When the platform accepted it. */
  readonly createdAt: string;
  /** When it became visible; null while it is not. */
  liveAt: string | null;
  readonly sha256: string;
  readonly bytes: number;
  readonly durationSec?: number;
}

/** A platform that keeps its own truth (the real PDS). */
export type TruthSource = () => Promise<readonly TruthPost[]>;

/** How a marker looks in a tag or caption: a letter, a colon, the marker itself. */
const MARKER = /(?:^|\s)[ps]:([\w-]+)/;

/** The marker in the first of these texts that has one. */
export const markerIn = (texts: readonly string[]): { marker?: string } => {
  for (const text of texts) {
    const marker = MARKER.exec(text)?.[1];
    if (marker) return { marker };
  }
  return {};
};

/** What really is live, whatever clients were told. */
export class TruthFeed {
  #posts: TruthPost[] = [];
  readonly #sources = new Map<SandboxPlatform, TruthSource>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly events: EventLog,
  ) {}

  /** The platform has taken the post; it comes out sooner or later. */
  accept(post: TruthPost): void {
    this.#posts.push(post);
    this.announce('accepted', post);
  }

  markLive(post: TruthPost): void {
    post.liveAt = this.clock.iso();
    this.announce('live', post);
  }

  /** Processing refused it, or it was deleted: it is not live and never will be. */
  remove(post: TruthPost): void {
    this.#posts = this.#posts.filter((other) => other !== post);
  }

  announce(event: 'accepted' | 'live', post: Pick<TruthPost, 'platform' | 'accountExternalId' | 'handle'>): void {
    const { platform, accountExternalId, handle } = post;
    this.events.emit({ at: this.clock.iso(), platform, event, accountExternalId, handle });
  }

  addSource(platform: SandboxPlatform, source: TruthSource): void {
    this.#sources.set(platform, source);
  }

  async list(platform?: string): Promise<readonly TruthPost[]> {
    const own = this.#posts.filter((post) => platform === undefined || post.platform === platform);
    const sources = [...this.#sources].filter(([name]) => platform === undefined || name === platform);
    const others = await Promise.all(sources.map(([, source]) => source()));
    return [...own, ...others.flat()];
  }

  reset(): void {
    this.#posts = [];
  }
}
