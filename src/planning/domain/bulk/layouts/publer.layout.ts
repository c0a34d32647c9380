import { EMPTY_DRAFT, given, type Layout, oneVideo } from './layout.js';

const READ = ['date', 'text', 'message', 'media url(s)', 'media urls', 'media', 'title', 'label(s)', 'labels'];

/**
 * Publer's bulk file of twelve columns, and its older one of six (Date, Message, Link, Media, Title, Labels). Accounts
 * are chosen for the file. Source: publer.com/blog/ultimate-csv-bulk-scheduler-social-media and
 * publer.com/help/en/article/how-to-use-a-csv-file-18qhxcq, read 2026-11-21.
 */
export const PUBLER: Layout = {
  name: 'publer',
  marks: ['date', 'text|message', 'media url(s)|media urls|media', 'label(s)|labels'],
  columns: {
    ...{ caption: 'text|message', title: 'title', scheduledAt: 'date' },
    ...{ tags: 'label(s)|labels', media: 'media url(s)|media urls|media' },
  },
  reads: (header) => READ.includes(header),
  read: (row) => ({
    ...EMPTY_DRAFT,
    caption: row.text('text', 'message'),
    tags: [...row.list('label(s)', /,/), ...row.list('labels', /,/)],
    ...given('title', row.text('title')),
    ...given('scheduledAt', row.time('date')),
    ...oneVideo(row, 'media url(s)'),
    ...oneVideo(row, 'media urls'),
    ...oneVideo(row, 'media'),
  }),
};
