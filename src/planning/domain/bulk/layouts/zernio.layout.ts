import type { PlatformName } from '../../../../platforms/domain/platform-name.js';
import type { AccountWish } from '../row-draft.js';
import { EMPTY_DRAFT, given, type Layout, NETWORKS, networkWishes, oneVideo } from './layout.js';
import type { RowReader } from './row-reader.js';

const READ = [
  ...['post_content', 'content', 'title', 'platforms', 'profiles', 'schedule_time', 'scheduledfor', 'tz', 'timezone'],
  ...['media_urls', 'mediaurls', 'publish_now', 'use_queue', 'is_draft', 'tags'],
];
const OF_PLATFORM = /^(?:schedule_time|custom_content)_(\w+)$/;

/** Accounts by platform and profile, each with the time and the words of its platform's columns. */
const accountsOf = (row: RowReader): AccountWish[] => {
  const networks = row.list('platforms', /[,;|]/);
  const profiles = row.list('profiles', /[,;|]/);
  const wishes = networkWishes(row, 'platforms', networks);
  return wishes.flatMap((wish) => {
    const own = ownOf(row, networks, wish.platform);
    return profiles.length === 0 ? [{ ...wish, ...own }] : profiles.map((name) => ({ ...wish, name, ...own }));
  });
};

const ownOf = (row: RowReader, networks: readonly string[], platform: PlatformName | undefined) => {
  const network = networks.find((name) => NETWORKS[name.toLowerCase()] === platform)?.toLowerCase() ?? '';
  return {
    ...given('scheduledAt', row.time(`schedule_time_${network}`)),
    ...given('caption', row.text(`custom_content_${network}`)),
  };
};

/**
 * Zernio's bulk upload; a row of its queue becomes an evergreen post without a time.
 * Source: docs.zernio.com, POST /v1/posts/bulk-upload (OpenAPI document of its clients), read 2026-11-21.
 */
export const ZERNIO: Layout = {
  name: 'zernio',
  marks: ['platforms', 'profiles'],
  columns: {
    ...{ caption: 'post_content|content', title: 'title', media: 'media_urls|mediaurls', accounts: 'profiles' },
    ...{ scheduledAt: 'schedule_time|scheduledfor', timezone: 'tz|timezone', tags: 'tags' },
  },
  reads: (header) => READ.includes(header) || OF_PLATFORM.test(header),
  read(row) {
    const isQueued = row.flag('use_queue');
    return {
      ...EMPTY_DRAFT,
      kind: isQueued ? 'evergreen' : 'one_shot',
      caption: row.text('post_content', 'content'),
      tags: row.list('tags', /,/),
      accounts: accountsOf(row),
      ...given('title', row.text('title')),
      ...given('scheduledAt', row.time('schedule_time') ?? row.time('scheduledfor')),
      ...given('timezone', row.text('tz', 'timezone').trim()),
      ...oneVideo(row, 'media_urls'),
      ...oneVideo(row, 'mediaurls'),
      ...(row.flag('publish_now') ? { publishNow: true } : {}),
      ...(isQueued || row.flag('is_draft') ? { isDraft: true } : {}),
    };
  },
};
