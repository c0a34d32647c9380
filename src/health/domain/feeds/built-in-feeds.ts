import type { FeedDraft } from './feed.js';

const META = { format: 'rss', platform: 'reels', leastSeverity: 'minor' } as const;
const meta = (name: string, title: string): Omit<FeedDraft, 'everySeconds'> => ({
  ...META,
  name: `meta-${name}`,
  title: `Meta: ${title}`,
  url: `https://metastatus.com/outage-events-feed-${name}.rss`,
});

/**
 * Public pages of the platforms we publish to (`platforms.md` 7.3, read 2026-11). TikTok, UpScrolled and Telegram have
 * none; Google's speaks of sign-in, not of YouTube. Meta has no component for publishing on Instagram.
 */
const FEEDS: readonly Omit<FeedDraft, 'everySeconds'>[] = [
  meta('graph-api', 'Graph API'),
  meta('facebook-login', 'Facebook Login'),
  {
    name: 'google-identity',
    title: 'Google Cloud: Identity and sign-in',
    url: 'https://status.cloud.google.com/incidents.json',
    format: 'google',
    platform: 'shorts',
    service: 'Identity',
    leastSeverity: 'major',
  },
  {
    name: 'bluesky',
    title: 'Bluesky status',
    url: 'https://status.bsky.app/api/getMonitorList/zwOvMT8x16',
    format: 'uptimerobot',
    platform: 'skylight',
    leastSeverity: 'major',
  },
  {
    name: 'discord',
    title: 'Discord status',
    url: 'https://discordstatus.com/api/v2/summary.json',
    format: 'statuspage',
    platform: 'discord',
    service: 'API',
    leastSeverity: 'major',
  },
];

export const BUILT_IN_FEED_NAMES: readonly string[] = FEEDS.map(({ name }) => name);

export interface BuiltInChoice {
  /** `all`, `none`, or names. */
  readonly chosen: readonly string[];
  readonly everySeconds: number;
  /** Put before every host, for the sandbox: `<origin>/discordstatus.com/...`. */
  readonly origin?: string | undefined;
}

/** The built-in feeds of this installation. */
export const builtInFeeds = ({ chosen, everySeconds, origin }: BuiltInChoice): readonly FeedDraft[] =>
  FEEDS.filter(({ name }) => chosen.includes('all') || chosen.includes(name)).map((feed) => ({
    ...feed,
    everySeconds,
    url: relocated(feed.url, origin),
  }));

/** The address behind another origin, which keeps the host as the first part of the path. */
export const relocated = (url: string, origin: string | undefined): string =>
  origin === undefined ? url : `${origin.replace(/\/$/, '')}/${url.replace(/^https:\/\//, '')}`;
