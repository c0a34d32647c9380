import type { PostVariant, PostVariants } from '../../../../library/domain/post-snapshot.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../../platforms/domain/platform-name.js';
import type { AccountWish, RowDraft } from '../row-draft.js';
import { given, type Layout } from './layout.js';
import type { RowReader } from './row-reader.js';

/** Columns of our own files, in the order of the export; all but `caption` and one of the media may be missing. */
export const OWN_COLUMNS = [
  'postId',
  'kind',
  'caption',
  'title',
  'tags',
  'mediaId',
  'mediaUrl',
  'accounts',
  'scheduledAt',
  'timezone',
  'options',
  'variants',
  'recycling',
] as const;

/** Written by the export for people, read by nobody. */
export const SHOWN_COLUMNS = ['status', 'createdAt'] as const;

/** Appended to the rows of the error file. */
export const ERROR_COLUMNS = ['errorRow', 'errorColumn', 'errorCode', 'errorMessage'] as const;

const PLAIN = OWN_COLUMNS.map((column) => column.toLowerCase());
const LEFT_OUT = [...SHOWN_COLUMNS, ...ERROR_COLUMNS].map((column) => column.toLowerCase());
const OF_PLATFORM = new RegExp(`^(?:caption|title)\\.(?:${PLATFORM_NAMES.join('|')})$`);

/** `<account>@<time>`: its own time. */
const OWN_TIME = /^(.*)@(\d{4}-\d{2}-\d{2}T\S+)$/s;
/** `tiktok` or `tiktok:Tea house`. */
const BY_PLATFORM = new RegExp(`^(${PLATFORM_NAMES.join('|')})(?::(.+))?$`, 's');

/** One entry of `accounts`: an id, `platform`, `platform:name` or a name; each may end in `@` and a time. */
export const accountWish = (entry: string): AccountWish => {
  const [, before, time] = OWN_TIME.exec(entry) ?? [];
  const who = (before ?? entry).trim();
  const [, platform, name] = BY_PLATFORM.exec(who) ?? [];
  return {
    ...(platform === undefined ? {} : { platform: platform as PlatformName }),
    ...given('name', platform === undefined ? who : name?.trim()),
    ...given('scheduledAt', time),
  };
};

const variantsOf = (row: RowReader): PostVariants => {
  const whole = (row.object('variants') ?? {}) as Record<string, PostVariant>;
  for (const name of Object.keys(whole))
    if (!PLATFORM_NAMES.includes(name as PlatformName))
      row.problem('variants', 'cell.unknown_platform', `variants knows ${PLATFORM_NAMES.join(', ')}; not ${name}.`);
  const words = PLATFORM_NAMES.map((platform) => {
    const own = {
      ...given('caption', row.text(`caption.${platform}`)),
      ...given('title', row.text(`title.${platform}`)),
    };
    return [platform, { ...whole[platform], ...own }] as const;
  });
  return Object.fromEntries(words.filter(([, variant]) => Object.keys(variant).length > 0));
};

const kindOf = (row: RowReader): RowDraft['kind'] => {
  const text = row.text('kind').trim();
  if (text === '' || text === 'one_shot') return 'one_shot';
  if (text !== 'evergreen') row.problem('kind', 'cell.unknown_kind', 'Write one_shot or evergreen.');
  return 'evergreen';
};

/** Our own files: what the export writes. */
export const PERENNIAL: Layout = {
  name: 'perennial',
  marks: ['caption'],
  columns: {
    ...{
      caption: 'caption',
      title: 'title',
      tags: 'tags',
      media: 'mediaid|mediaurl',
      accounts: 'accounts',
      kind: 'kind',
    },
    ...{ scheduledAt: 'scheduledat', timezone: 'timezone', options: 'options', variants: 'variants' },
    recycling: 'recycling',
  },
  reads: (header) => PLAIN.includes(header) || LEFT_OUT.includes(header) || OF_PLATFORM.test(header),
  read(row) {
    const isNow = row.text('scheduledat').trim().toLowerCase() === 'now';
    const recycling = row.object('recycling');
    return {
      kind: kindOf(row),
      caption: row.text('caption'),
      tags: row.list('tags', /\|/),
      options: row.object('options') ?? {},
      variants: variantsOf(row),
      accounts: row.list('accounts', /\|/).map(accountWish),
      ...given('postId', row.text('postid').trim()),
      ...given('title', row.text('title')),
      ...given('mediaId', row.text('mediaid').trim()),
      ...given('mediaUrl', row.text('mediaurl').trim()),
      ...given('scheduledAt', isNow ? undefined : row.time('scheduledat')),
      ...given('timezone', row.text('timezone').trim()),
      ...(isNow ? { publishNow: true } : {}),
      ...(recycling === undefined ? {} : { recycling }),
    };
  },
};
