import type { PlatformName } from '../../../../platforms/domain/platform-name.js';
import type { PostVariants } from '../../../../library/domain/post-snapshot.js';
import { EMPTY_DRAFT, given, type Layout, networkWishes, oneVideo } from './layout.js';
import type { RowReader } from './row-reader.js';

const NETWORK_COLUMNS = [
  'tiktok',
  'instagram',
  'youtube',
  'bluesky',
  'facebook',
  'twitter/x',
  'linkedin',
  'gbp',
  'pinterest',
  'threads',
];
const TITLES: Readonly<Record<string, PlatformName>> = { 'tiktok title': 'tiktok', 'youtube video title': 'shorts' };
const READ = ['text', 'date', 'time', 'draft', ...NETWORK_COLUMNS, ...Object.keys(TITLES)];

const titlesOf = (row: RowReader): PostVariants =>
  Object.fromEntries(
    Object.entries(TITLES).flatMap(([column, platform]) => {
      const title = row.text(column);
      return title === '' ? [] : [[platform, { title }]];
    }),
  );

/**
 * Metricool's planner file: a column of TRUE or FALSE for each network; videos stand in `Picture Url 1` too.
 * Source: help.metricool.com, "Import posts by CSV"; the names of its 93 columns as public exporters write them
 * (github.com), read 2026-11-21.
 */
export const METRICOOL: Layout = {
  name: 'metricool',
  marks: ['text', 'date', 'time', 'picture url 1'],
  columns: {
    caption: 'text',
    media: 'picture url 1',
    scheduledAt: 'date',
    accounts: 'tiktok',
    variants: 'tiktok title',
  },
  reads: (header) => READ.includes(header) || /^picture url \d+$/.test(header),
  read(row) {
    const urls = Array.from({ length: 9 }, (_, index) => row.text(`picture url ${index + 2}`)).filter(
      (url) => url !== '',
    );
    if (urls.length > 0)
      row.problem('picture url 2', 'media.too_many', 'A post here has one video. Leave one address.');
    const networks = NETWORK_COLUMNS.filter((column) => row.flag(column));
    return {
      ...EMPTY_DRAFT,
      caption: row.text('text'),
      variants: titlesOf(row),
      accounts: networkWishes(row, networks[0] ?? 'tiktok', networks),
      ...given('scheduledAt', row.time('date', 'time')),
      ...oneVideo(row, 'picture url 1'),
      ...(row.flag('draft') ? { isDraft: true } : {}),
    };
  },
};
