import { refreshTags } from './queries.ts';
import { STALE_AFTER } from './stale-after.ts';

const AT_MOST_EVERY_MS = 1_000;
const RECONNECT_AFTER_MS = 5_000;
const EVERYTHING = Object.values(STALE_AFTER).flat();

/** Whether the page hears the server at the moment. */
export type Liveness = 'connecting' | 'live' | 'lost';

/**
 * Follows the workspace's events and makes stale what they touch, at most once a second however many come; after a gap
 * everything, for what happened in it may have been told to nobody.
 * @returns ends it
 */
export const followEvents = (onChange: (liveness: Liveness) => void): (() => void) => {
  const stale = new Set<string>();
  let refreshing: ReturnType<typeof setTimeout> | undefined;
  let reconnecting: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  let wasLost = false;
  const refresh = (): void => {
    refreshing = undefined;
    void refreshTags([...stale]);
    stale.clear();
  };
  const touch = (tags: readonly string[]): void => {
    for (const tag of tags) stale.add(tag);
    refreshing ??= setTimeout(refresh, AT_MOST_EVERY_MS);
  };
  const hear = (): void => {
    onChange('live');
    if (wasLost) touch(EVERYTHING);
    wasLost = false;
  };
  const lose = (): void => {
    onChange('lost');
    wasLost = true;
    // The browser comes back by itself, unless the server refused it outright.
    if (source?.readyState === EventSource.CLOSED) reconnecting = setTimeout(connect, RECONNECT_AFTER_MS);
  };
  const connect = (): void => {
    source = new EventSource('/v1/events');
    source.addEventListener('open', hear);
    source.addEventListener('error', lose);
    for (const [type, tags] of Object.entries(STALE_AFTER)) source.addEventListener(type, () => touch(tags));
  };
  connect();
  return () => {
    source?.close();
    clearTimeout(refreshing);
    clearTimeout(reconnecting);
  };
};
