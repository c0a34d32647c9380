import { refreshTags } from './queries.ts';
import { STALE_AFTER } from './stale-after.ts';

const AT_MOST_EVERY_MS = 1_000;
const RECONNECT_AFTER_MS = 5_000;

/** Whether the page hears the server at the moment. */
export type Liveness = 'connecting' | 'live' | 'lost';

/**
 * Follows the workspace's events and makes stale what they touch, at most once a second however many come.
 * @returns ends it
 */
export const followEvents = (onChange: (liveness: Liveness) => void): (() => void) => {
  const stale = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  let isOver = false;
  const refresh = (): void => {
    timer = undefined;
    void refreshTags([...stale]);
    stale.clear();
  };
  const touch = (tags: readonly string[]): void => {
    for (const tag of tags) stale.add(tag);
    timer ??= setTimeout(refresh, AT_MOST_EVERY_MS);
  };
  const connect = (): void => {
    if (isOver) return;
    source = new EventSource('/v1/events');
    source.addEventListener('open', () => onChange('live'));
    for (const [type, tags] of Object.entries(STALE_AFTER)) source.addEventListener(type, () => touch(tags));
    source.addEventListener('error', () => {
      onChange('lost');
      // The browser comes back by itself, unless the server refused it outright.
      if (source?.readyState === EventSource.CLOSED) setTimeout(connect, RECONNECT_AFTER_MS);
    });
  };
  connect();
  return () => {
    isOver = true;
    source?.close();
    clearTimeout(timer);
  };
};
