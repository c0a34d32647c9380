import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from './sandbox-platform.js';
import { hash32 } from './seeded-random.js';
import type { World } from './world.js';

/** What the audience did with a post so far. */
export interface PostCounters {
  readonly views: number;
  readonly likes: number;
  readonly comments: number;
}

/** Counters that grow by a pace of the post's own; `zero` holds them at 0, `frozen` at what they were when it began. */
export const countersOf = (
  world: World,
  account: SandboxAccount,
  post: Pick<TruthPost, 'handle' | 'liveAt'>,
): PostCounters => {
  const spot = { platform: account.platform, account };
  const fault = world.faults.drawFor(['zero', 'frozen'], spot, post.handle);
  const untilMs = fault?.kind === 'frozen' ? fault.startedMs : world.clock.nowMs();
  const liveMs = post.liveAt === null ? untilMs : Date.parse(post.liveAt);
  const ageSeconds = fault?.kind === 'zero' ? 0 : Math.max(0, (untilMs - liveMs) / 1000);
  const viewsPerSecond = 1 + (hash32(post.handle) % 9);
  const views = Math.floor(ageSeconds * viewsPerSecond);
  return { views, likes: Math.floor(views / 12), comments: Math.floor(views / 90) };
};
