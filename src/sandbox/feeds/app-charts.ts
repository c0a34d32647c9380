import type { World } from '../world/world.js';

/** An app in a chart; its rank is its place. */
export interface ChartApp {
  readonly id: string;
  readonly name: string;
  readonly artist: string;
  readonly bundleId?: string;
}

interface Chart {
  readonly apps: readonly ChartApp[];
  /** As the feed words it; absent: the time of asking. */
  readonly updated?: string;
}

/** Sizes the current feed has. */
export const CURRENT_SIZES = ['10', '25', '50', '100'];
/** Largest `limit` of the legacy feed. */
export const LEGACY_MAX = 200;

const CURRENT_HOST = 'https://rss.marketingtools.apple.com';
const GENRES: Readonly<Record<string, string>> = {
  '6005': 'Social Networking',
  '6008': 'Photo & Video',
  '6016': 'Entertainment',
};

/** Ids as in `platforms.md` 7.4, unverified there. */
const USUAL_APPS: readonly ChartApp[] = [
  { id: '835599320', name: 'TikTok', artist: 'TikTok Ltd.', bundleId: 'com.zhiliaoapp.musically' },
  { id: '389801252', name: 'Instagram', artist: 'Instagram, Inc.', bundleId: 'com.burbn.instagram' },
  { id: '544007664', name: 'YouTube', artist: 'Google', bundleId: 'com.google.ios.youtube' },
  { id: '6444370199', name: 'Bluesky Social', artist: 'Bluesky PBLLC', bundleId: 'xyz.blueskyweb.app' },
];

/** RFC 2822, as the current feed writes times. */
const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');

/** Apple's app charts, both generations (`platforms.md` 7.4). */
export class AppCharts {
  readonly #charts = new Map<string, Chart>();
  #changedMs: number;

  constructor(private readonly world: World) {
    this.#changedMs = world.clock.nowMs();
  }

  get changedMs(): number {
    return this.#changedMs;
  }

  /** @param genre undefined for the overall chart */
  set(country: string, genre: string | undefined, chart: Chart): void {
    this.#changedMs = this.world.clock.nowMs();
    this.#charts.set(keyOf(country, genre), chart);
  }

  all(): Readonly<Record<string, Chart>> {
    return Object.fromEntries(this.#charts);
  }

  /** `rss.marketingtools.apple.com/api/v2/{country}/apps/top-free/{size}/apps.json` */
  current(country: string, size: number): unknown {
    const { apps, updated } = this.chart(country);
    const self = `${CURRENT_HOST}/api/v2/${country}/apps/top-free/${size}/apps.json`;
    return {
      feed: {
        title: 'Top Free Apps',
        id: self,
        author: { name: 'Apple', url: 'https://www.apple.com/' },
        links: [{ self }],
        copyright: 'Copyright Apple Inc.',
        country,
        icon: 'https://www.apple.com/favicon.ico',
        updated: updated ?? rfc2822(this.world.clock.nowMs()),
        results: apps.slice(0, size).map((app) => ({
          artistName: app.artist,
          id: app.id,
          name: app.name,
          releaseDate: '2025-06-01',
          kind: 'apps',
          artworkUrl100: `https://is1-ssl.mzstatic.com/image/${app.id}.png`,
          genres: [],
          url: linkOf(country, app),
        })),
      },
    };
  }

  /** `itunes.apple.com/{country}/rss/topfreeapplications/limit={limit}/genre={genre}/json` */
  legacy(country: string, genre: string | undefined, limit: number): unknown {
    const { apps, updated } = this.chart(country, genre);
    const entries = apps.slice(0, limit).map((app) => legacyEntry(country, genre, app));
    // One entry is no array there, and none is no key at all.
    const [first, second] = entries;
    const entry = second ? { entry: entries } : first ? { entry: first } : {};
    return {
      feed: {
        author: { name: { label: 'iTunes Store' }, uri: { label: 'http://www.apple.com/itunes/' } },
        ...entry,
        updated: { label: updated ?? this.world.clock.iso() },
        title: { label: 'iTunes Store: Top Free Applications' },
        id: { label: `https://itunes.apple.com/${country}/rss/topfreeapplications/json` },
      },
    };
  }

  reset(): void {
    this.#charts.clear();
    this.#changedMs = this.world.clock.nowMs();
  }

  private chart(country: string, genre?: string): Chart {
    return this.#charts.get(keyOf(country, genre)) ?? { apps: USUAL_APPS };
  }
}

const keyOf = (country: string, genre: string | undefined): string => (genre ? `${country}/${genre}` : country);

const linkOf = (country: string, { id, name }: ChartApp): string =>
  `https://apps.apple.com/${country}/app/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}/id${id}`;

const legacyEntry = (country: string, genre: string | undefined, app: ChartApp): unknown => ({
  'im:name': { label: app.name },
  'im:artist': { label: app.artist },
  title: { label: `${app.name} - ${app.artist}` },
  id: {
    label: linkOf(country, app),
    attributes: { 'im:id': app.id, ...(app.bundleId === undefined ? {} : { 'im:bundleId': app.bundleId }) },
  },
  category: { attributes: { 'im:id': genre ?? '6005', label: GENRES[genre ?? '6005'] ?? 'Apps' } },
  link: { attributes: { rel: 'alternate', type: 'text/html', href: linkOf(country, app) } },
});
