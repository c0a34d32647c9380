import { EMPTY_DRAFT, given, type Layout, oneVideo } from './layout.js';

const READ = ['text', 'image url', 'video url', 'tags', 'posting time'];

/**
 * Buffer's bulk file: `Text,Image URL,Tags,Posting Time`, one channel a file, times `YYYY-MM-DD HH:mm`.
 * Source: Buffer Help Center, "Bulk upload", as public exporters write it (github.com), read 2026-11-21.
 */
export const BUFFER: Layout = {
  name: 'buffer',
  marks: ['text', 'image url', 'posting time'],
  columns: { caption: 'text', media: 'image url', scheduledAt: 'posting time', tags: 'tags' },
  reads: (header) => READ.includes(header),
  read: (row) => ({
    ...EMPTY_DRAFT,
    caption: row.text('text'),
    tags: row.list('tags', /,/),
    ...given('scheduledAt', row.time('posting time')),
    ...oneVideo(row, 'image url'),
    ...oneVideo(row, 'video url'),
  }),
};
