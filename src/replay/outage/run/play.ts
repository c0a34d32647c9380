import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import type { PlannedPost } from '../world/workload.js';
import type { Publisher } from './policy.js';
import type { Stage } from './stage.js';

/** So long the clock runs on after the trace, should something be unsettled. */
const LONGEST_AFTER_MS = 72 * HOUR_MS;

/** Plays a trace to its end: events by (time, number), then on until all is settled. @returns events played */
export const play = (stage: Stage, publisher: Publisher, onHour: (hour: number) => void = () => undefined): number => {
  const { queue, endMs } = stage;
  // First: what is known at an instant is known before the posts of that instant.
  publisher.start();
  planPosts(stage, publisher);
  planHours(stage, onHour);
  let events = 0;
  let isOver = false;
  const look = () => {
    isOver = publisher.isSettled() && stage.world.copies.every(({ decidedMs }) => decidedMs <= stage.nowMs);
    if (!isOver) stage.after(MINUTE_MS, look);
  };
  stage.at(endMs, look);
  for (let next = queue.take(); next && next.atMs <= endMs + LONGEST_AFTER_MS && !isOver; next = queue.take()) {
    stage.nowMs = next.atMs;
    next.run();
    events += 1;
  }
  publisher.end();
  return events;
};

/** One event per instant with posts, so that the queue stays short. */
const planPosts = (stage: Stage, publisher: Publisher): void => {
  const groups = [...Map.groupBy(stage.posts, ({ atMs }) => atMs).values()].values();
  const next = (posts: readonly PlannedPost[] | undefined) => {
    const [first] = posts ?? [];
    if (!posts || !first) return;
    stage.at(first.atMs, () => {
      publisher.due(posts);
      next(groups.next().value);
    });
  };
  next(groups.next().value);
};

const planHours = (stage: Stage, onHour: (hour: number) => void): void => {
  const next = (hour: number) => {
    if (hour * HOUR_MS >= stage.endMs) return;
    stage.at(hour * HOUR_MS, () => {
      onHour(hour);
      next(hour + 1);
    });
  };
  next(0);
};
