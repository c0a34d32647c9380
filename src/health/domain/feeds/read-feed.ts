import { storable } from '../../../kernel/storable.js';
import { type FeedDraft, type FeedNews, type FeedReading, gradeOf } from './feed.js';
import { readGoogle, readMeta, readStatuspage, readUptimeRobot } from './json-formats.js';
import { readSyndication } from './syndication.format.js';

export interface FeedDocument {
  /** Bare media type; empty when not told. */
  readonly contentType: string;
  readonly body: string;
}

const MAX_NEWS = 20;
const MAX_TEXT = 300;

/**
 * What a status page says. Pure: the same document, the same reading.
 * What cannot be understood is `unknown`, never green: some pages answer unknown paths with 200 and a page of HTML.
 */
export const readFeed = (
  feed: Pick<FeedDraft, 'format' | 'service' | 'leastSeverity'>,
  document: FeedDocument,
  now: Date,
): FeedReading => {
  if (document.contentType.includes('html')) return unknown('It answered with a web page instead of a feed.');
  const news = newsOf(feed, document, now);
  if (typeof news === 'string') return unknown(news);
  const counted = news.filter(({ severity }) => gradeOf(severity) >= gradeOf(feed.leastSeverity));
  if (counted.length === 0) return { verdict: 'green' };
  return { verdict: 'red', news: counted.slice(0, MAX_NEWS).map(shortened) };
};

const newsOf = (
  { format, service }: Pick<FeedDraft, 'format' | 'service'>,
  { body }: FeedDocument,
  now: Date,
): readonly FeedNews[] | string => {
  if (format === 'rss') {
    const items = readSyndication(body, now);
    if (typeof items === 'string' || service === undefined) return items;
    return items.filter(({ summary }) => summary.toLowerCase().includes(service.toLowerCase()));
  }
  const parsed = parse(body);
  if (parsed === undefined) return 'It is no JSON.';
  switch (format) {
    case 'statuspage':
      return readStatuspage(parsed, service);
    case 'meta':
      return readMeta(parsed, service);
    case 'google':
      return readGoogle(parsed, service);
    case 'uptimerobot':
      return readUptimeRobot(parsed, service);
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const unknown = (why: string): FeedReading => ({ verdict: 'unknown', why: storable(why, MAX_TEXT) });

const shortened = (news: FeedNews): FeedNews => ({
  ...news,
  id: storable(news.id, MAX_TEXT),
  summary: storable(news.summary, MAX_TEXT),
});
