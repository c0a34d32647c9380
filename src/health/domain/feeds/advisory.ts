import { createHash } from 'node:crypto';
import { type FeedNews, type FeedReading, type FeedVerdict, type Severity, worstSeverity } from './feed.js';

/**
 * A word from outside that trouble is likelier than usual: alarm thresholds are halved until `until`
 * (`resilience.md` A4). Never alone a reason for anything.
 */
export interface Advisory {
  readonly kind: 'advisory';
  readonly until: Date;
  /** Who says so: `feed:<name>` or `radar:<watch>`. */
  readonly source: string;
}

/** What is known of a feed from its readings so far. */
export interface FeedKnowledge {
  readonly verdict: FeedVerdict;
  /** Since when it says that. */
  readonly changedAt: Date;
  readonly severity?: Severity;
  /** What it admits, or why it could not be read. */
  readonly summary?: string;
  /** The news of the last red reading: what is not among them is new. Kept while the page cannot be read. */
  readonly newsKeys: readonly string[];
  /** Until when its last bad news is evidence. */
  readonly until?: Date;
}

/** A reading that added something. */
export interface Judgement {
  readonly knowledge: FeedKnowledge;
  /** Bad news that is still evidence; absent when the page says nothing new, or only what is old. */
  readonly fresh?: { readonly until: Date; readonly severity: Severity; readonly summary: string };
}

const MAX_SUMMARY = 300;
/** A page with more open troubles than this has told us enough. */
const MAX_KEYS = 50;

/**
 * What a reading changes. Bad news is evidence for `lifetimeMs` from the look that found it, once: a page left red for
 * days halves nothing for days, and what the page said longer ago than that is history. Green ends the page's own red
 * and clears nothing else; an unreadable page changes no evidence.
 */
export const judge = (
  known: FeedKnowledge | undefined,
  reading: FeedReading,
  seenAt: Date,
  lifetimeMs: number,
): Judgement => {
  const changedAt = known?.verdict === reading.verdict ? known.changedAt : seenAt;
  const carried = known?.until === undefined ? {} : { until: known.until };
  switch (reading.verdict) {
    case 'green':
      return { knowledge: { verdict: 'green', changedAt, newsKeys: [], ...carried } };
    case 'unknown': {
      const newsKeys = known?.newsKeys ?? [];
      return { knowledge: { verdict: 'unknown', changedAt, summary: reading.why, newsKeys, ...carried } };
    }
    case 'red':
      return judgeRed({ news: reading.news, changedAt, seenAt, lifetimeMs }, known);
  }
};

interface RedReading {
  readonly news: readonly FeedNews[];
  readonly changedAt: Date;
  readonly seenAt: Date;
  readonly lifetimeMs: number;
}

const judgeRed = ({ news, changedAt, seenAt, lifetimeMs }: RedReading, known?: FeedKnowledge): Judgement => {
  const severity = worstSeverity(news);
  const summary = summaryOf(news);
  const added = news.filter((one) => !known?.newsKeys.includes(keyOf(one)));
  const saidMs = Math.max(
    0,
    ...added.map(({ updatedAt }) => Math.min(seenAt.getTime(), (updatedAt ?? seenAt).getTime())),
  );
  const isFresh = added.length > 0 && saidMs + lifetimeMs > seenAt.getTime();
  const until = isFresh ? new Date(seenAt.getTime() + lifetimeMs) : known?.until;
  const newsKeys = news.slice(0, MAX_KEYS).map(keyOf);
  const knowledge: FeedKnowledge = {
    verdict: 'red',
    changedAt,
    severity,
    summary,
    newsKeys,
    ...(until === undefined ? {} : { until }),
  };
  return isFresh && until ? { knowledge, fresh: { until, severity, summary } } : { knowledge };
};

const summaryOf = (news: readonly FeedNews[]): string => {
  const text = news.map((one) => one.summary).join(' | ');
  return text.length > MAX_SUMMARY ? `${text.slice(0, MAX_SUMMARY - 1).toWellFormed()}…` : text;
};

const keyOf = ({ id, severity, updatedAt }: FeedNews): string =>
  createHash('sha256')
    .update(`${id}|${severity}|${updatedAt?.getTime() ?? ''}`)
    .digest('base64url')
    .slice(0, 16);

/** The advisory that a name speaks, while its bad news is evidence. */
export const advisoryOf = (source: string, { until }: FeedKnowledge, now: Date): Advisory | undefined =>
  until !== undefined && until > now ? { kind: 'advisory', until, source } : undefined;
