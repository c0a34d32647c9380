import type { AppRankSubject } from './radar-watch.js';

/** An app in a chart; its place is `rank`, 1 is first. */
export interface ChartEntry {
  readonly rank: number;
  readonly id: string;
  readonly name: string;
  readonly artist: string;
}

type Json = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const labelOf = (value: unknown): string => textOf(objectOf(value).label);

/** Places that both generations of the feed can give. */
export const CHART_DEPTH = 100;

/**
 * Where Apple's chart of free apps is (`platforms.md` 7.4): the current feed for the overall chart, the older one for
 * a genre, which the current one cannot filter.
 */
export const chartUrl = ({ country, genre }: Pick<AppRankSubject, 'country' | 'genre'>): string =>
  genre === undefined
    ? `https://rss.marketingtools.apple.com/api/v2/${country}/apps/top-free/${CHART_DEPTH}/apps.json`
    : `https://itunes.apple.com/${country}/rss/topfreeapplications/limit=${CHART_DEPTH}/genre=${genre}/json`;

/** The chart of either generation; undefined when the document is none. */
export const readChart = (body: string): readonly ChartEntry[] | undefined => {
  const feed = feedOf(body);
  if (!feed) return undefined;
  if (Array.isArray(feed.results)) return feed.results.map(objectOf).map(toCurrent);
  if (feed.title === undefined || feed.updated === undefined) return undefined;
  // One entry is an object there instead of a list, and none is no key at all.
  const { entry = [] } = feed;
  return (Array.isArray(entry) ? entry : [entry]).map(objectOf).map(toLegacy);
};

const feedOf = (body: string): Json | undefined => {
  try {
    const { feed } = objectOf(JSON.parse(body));
    return feed === undefined ? undefined : objectOf(feed);
  } catch {
    return undefined;
  }
};

const toCurrent = ({ id, name, artistName }: Json, at: number): ChartEntry => ({
  rank: at + 1,
  id: textOf(id),
  name: textOf(name),
  artist: textOf(artistName),
});

const toLegacy = (entry: Json, at: number): ChartEntry => ({
  rank: at + 1,
  id: textOf(objectOf(objectOf(entry.id).attributes)['im:id']),
  name: labelOf(entry['im:name']),
  artist: labelOf(entry['im:artist']),
});

/** The app's rank; null when it is not in the chart, which means worse than its last place, not zero. */
export const rankOf = (chart: readonly ChartEntry[], { appId, appName, artist }: AppRankSubject): number | null => {
  const found = chart.find((entry) =>
    appId === undefined
      ? same(entry.name, appName ?? '') && (artist === undefined || same(entry.artist, artist))
      : entry.id === appId,
  );
  return found?.rank ?? null;
};

const same = (a: string, b: string): boolean => normal(a) === normal(b);

/** Letters and digits only: shops write names with dots, marks and taglines. */
const normal = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
