import { createHash } from 'node:crypto';
import type { FeedAnswer } from '../../../health/domain/feeds/feeds.port.js';
import { xmlItems } from '../../../health/domain/feeds/xml-items.js';
import { HOUR_MS } from '../../../kernel/durations.js';
import { rankOf, readChart } from './app-chart.js';
import type { Heard } from './firehose-tally.js';
import { coversBetween, hourOf } from './hour-cover.js';
import { mentionMatcher } from './mention-matcher.js';
import type { AppRankSubject, MentionsSubject } from './radar-watch.js';
import type { KnownWatch, WatchMemory } from './radar.ports.js';

/** Items remembered of a feed, so that none counts twice. */
const MAX_SEEN = 500;
/** Between two looks that are further apart, nobody knows what was missed. */
const MAX_GAP_MS = 2 * HOUR_MS;

/** What a look at a document brought. */
export interface LookResult {
  readonly memory: WatchMemory;
  /** Why it brought nothing. */
  readonly error?: string;
  /** The app's place; null: not in the chart. */
  readonly rank?: number | null;
  readonly heard?: Omit<Heard, 'cursorUs'>;
}

/** What an answer says to a watch. Pure. */
export const readLook = (watch: KnownWatch, answer: FeedAnswer, now: Date): LookResult => {
  const { subject, memory } = watch;
  if (answer.kind === 'failed') return failed(memory, answer.why);
  if (subject.kind === 'app_rank') return readRank(subject, memory, answer);
  return readMentions(subject, watch, answer, now);
};

/** The next look asks for the whole document. */
const failed = ({ rank, seen }: WatchMemory, error: string): LookResult => ({
  error,
  memory: { ...(rank === undefined ? {} : { rank }), ...(seen ? { seen } : {}) },
});

type Answered = Exclude<FeedAnswer, { kind: 'failed' }>;

const validatorsOf = (memory: WatchMemory, answer: Answered): Pick<WatchMemory, 'etag' | 'lastModified'> => {
  const { etag, lastModified } = answer.kind === 'document' ? answer : memory;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
};

const readRank = (subject: AppRankSubject, memory: WatchMemory, answer: Answered): LookResult => {
  const validators = validatorsOf(memory, answer);
  if (answer.kind === 'unchanged') {
    const { rank } = memory;
    return rank === undefined ? failed(memory, 'It did not change, and was not known.') : { memory, rank };
  }
  const chart = readChart(answer.body);
  if (!chart) return failed(memory, 'It is no App Store chart.');
  const rank = rankOf(chart, subject);
  return { memory: { ...validators, rank }, rank };
};

const readMentions = (
  subject: MentionsSubject,
  { id: watchId, memory, lookedAt, failures }: KnownWatch,
  answer: Answered,
  now: Date,
): LookResult => {
  const items = answer.kind === 'unchanged' ? [] : xmlItems(answer.body);
  if (!items) return failed(memory, 'It is neither RSS nor Atom.');
  const isHeard = memory.seen !== undefined && lookedAt !== undefined && failures === 0;
  const known = new Set(memory.seen);
  const matches = mentionMatcher(subject);
  const keys = items.map(({ id }) => keyOf(id));
  const added = items.filter((_, n) => !known.has(keys[n] ?? ''));
  const said = added.filter(({ title, text }) => matches(`${title} ${text}`));
  const seen = [...keys, ...known].slice(0, MAX_SEEN);
  const next = { ...validatorsOf(memory, answer), seen: [...new Set(seen)] };
  // The first look only learns what is old, and after a gap it is unknown when something came.
  if (!isHeard) return { memory: next };
  const toMs = now.getTime();
  const fromMs = Math.max(lookedAt.getTime(), toMs - MAX_GAP_MS);
  // An item counts in the hour it names, as long as we listened then; else in the hour we saw it.
  const counts = said.map(({ at }) => {
    const atMs = at?.getTime() ?? toMs;
    return { watchId, hourAt: hourOf(atMs >= fromMs && atMs <= toMs ? atMs : toMs), count: 1 };
  });
  return { memory: next, heard: { counts, covers: coversBetween(fromMs, toMs) } };
};

const keyOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 12);
