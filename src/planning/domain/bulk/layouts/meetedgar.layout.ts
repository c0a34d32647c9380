import { EMPTY_DRAFT, given, type Layout, oneVideo } from './layout.js';

const CAPTION = ['text', 'content', 'status'];
const MEDIA = ['video', 'video url', 'image', 'image url', 'media', 'media url'];
const READ = ['category', ...CAPTION, ...MEDIA, 'publish at', 'expire at', 'expiration'];

/**
 * MeetEdgar's library: rows of a category that come back until they expire. Its help page was not to be had; the names
 * taken here are those its own words suggest, and a file of other names is told so.
 */
export const MEETEDGAR: Layout = {
  name: 'meetedgar',
  marks: ['category', CAPTION.join('|'), MEDIA.join('|')],
  columns: {
    ...{ caption: CAPTION.join('|'), tags: 'category', media: MEDIA.join('|') },
    ...{ scheduledAt: 'publish at', recycling: 'expire at|expiration' },
  },
  reads: (header) => READ.includes(header),
  read(row) {
    const expiry = row.time('expire at') ?? row.time('expiration');
    const column = MEDIA.find((name) => row.text(name) !== '') ?? 'video';
    return {
      ...EMPTY_DRAFT,
      kind: 'evergreen',
      caption: row.text(...CAPTION),
      tags: row.list('category', /,/),
      ...given('scheduledAt', row.time('publish at')),
      ...oneVideo(row, column),
      ...(expiry === undefined ? {} : { recycling: { expireDate: expiry.slice(0, 10) } }),
    };
  },
};
