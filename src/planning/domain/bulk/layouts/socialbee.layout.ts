import { EMPTY_DRAFT, given, type Layout, oneVideo } from './layout.js';

const READ = ['text', 'videourls', 'imageurls', 'gifurls', 'postatspecifictime', 'category'];

/**
 * SocialBee's content file: its posts come back, so they are evergreen unless they have a time of their own.
 * Source: help.socialbee.com/article/80-how-do-i-import-content-via-csv, read 2026-11-21.
 */
export const SOCIALBEE: Layout = {
  name: 'socialbee',
  marks: ['text', 'videourls'],
  columns: { caption: 'text', media: 'videourls', scheduledAt: 'postatspecifictime', tags: 'category' },
  reads: (header) => READ.includes(header),
  read(row) {
    const scheduledAt = row.time('postatspecifictime');
    const video = oneVideo(row, 'videourls');
    return {
      ...EMPTY_DRAFT,
      kind: scheduledAt === undefined ? 'evergreen' : 'one_shot',
      caption: row.text('text'),
      tags: row.list('category', /,/),
      ...given('scheduledAt', scheduledAt),
      ...(video.mediaUrl === undefined ? { ...oneVideo(row, 'gifurls'), ...oneVideo(row, 'imageurls') } : video),
    };
  },
};
