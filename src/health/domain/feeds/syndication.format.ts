import { DAY_MS } from '../../../kernel/durations.js';
import type { FeedNews, Severity } from './feed.js';
import { type XmlItem, xmlItems } from './xml-items.js';

/** An item older than this is history, even where nobody wrote that it is over. */
const OPEN_FOR_MS = 2 * DAY_MS;

/**
 * Words for the phase of an incident; the first one in an item is its newest, since pages put the latest update first.
 * `platforms.md` 7.3 (Meta), the Statuspage format, and the RSS feeds of cloud providers.
 */
const PHASES =
  /\b(resolved|completed|postmortem|post-mortem|restored|recovered|closed|no known issues|operating normally|scheduled|maintenance|investigating|identified|monitoring|in progress|(?:low|medium|high) disruptions)\b/i;
const OVER =
  /^(?:resolved|completed|postmortem|post-mortem|restored|recovered|closed|no known issues|operating normally|scheduled|maintenance)$/i;

/** Open troubles of an RSS or Atom feed; a sentence when it is none. */
export const readSyndication = (body: string, now: Date): readonly FeedNews[] | string => {
  const items = xmlItems(body);
  if (!items) return 'It is neither RSS nor Atom.';
  return items.filter((item) => isOpen(item, now)).map(toNews);
};

const isOpen = (item: XmlItem, now: Date): boolean => {
  if (item.at && now.getTime() - item.at.getTime() > OPEN_FOR_MS) return false;
  const phase = PHASES.exec(`${item.title} ${item.text}`)?.[1];
  return phase === undefined || !OVER.test(phase);
};

const toNews = ({ id, title, text, at }: XmlItem): FeedNews => ({
  id,
  summary: [title, text].filter((part) => part !== '').join(': '),
  severity: severityOf(`${title} ${text}`),
  ...(at ? { updatedAt: at } : {}),
});

/** Feeds seldom say how bad it is; what they do not say counts as major. */
const severityOf = (text: string): Severity => {
  if (/\b(?:high disruptions|critical|major outage)\b/i.test(text)) return 'critical';
  return /\b(?:low disruptions|minor|informational)\b/i.test(text) ? 'minor' : 'major';
};
