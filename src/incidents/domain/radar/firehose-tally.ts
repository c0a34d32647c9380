import { HOUR_MS } from '../../../kernel/durations.js';
import type { FirehosePost } from './firehose-event.js';
import { type MentionMatcher, mentionMatcher, roughWords } from './mention-matcher.js';
import type { MentionsSubject } from './radar-watch.js';

const US_PER_MS = 1_000;
/** Authors remembered per watch and hour; a crowd beyond it is counted by posts, which then is the least of our worries. */
const MAX_AUTHORS = 20_000;

/** A stream is never resumed from further back; a clock that is off must not make us count hours for hours. */
const MAX_HOURS = 48;

export interface FirehoseWatch {
  readonly id: string;
  readonly subject: Pick<MentionsSubject, 'names' | 'troubles'>;
}

/** Mentions of one watch in one hour that are not stored yet. */
export interface HourCount {
  readonly watchId: string;
  readonly hourAt: Date;
  readonly count: number;
}

/** How much of an hour the stream has passed since the last time. */
export interface HourCover {
  readonly hourAt: Date;
  readonly seconds: number;
}

/** What was heard since the last time. */
export interface Heard {
  readonly cursorUs: number;
  readonly counts: readonly HourCount[];
  readonly covers: readonly HourCover[];
}

interface Tally {
  readonly watchId: string;
  readonly matches: MentionMatcher;
  readonly authors: { hourMs: number; seen: Set<string> };
}

/**
 * Counts mentions of a stream by hours, by the stream's own time, one per person and hour. Holds counts and the authors
 * of one hour, whatever the stream brings.
 */
export class FirehoseTally {
  private readonly tallies: readonly Tally[];
  private readonly rough: RegExp | undefined;
  private readonly counts = new Map<string, HourCount>();
  private passedUs: number | undefined;
  private takenUs: number | undefined;

  /** @param fromUs where the stream was left; what comes at or before it is known already */
  constructor(
    watches: readonly FirehoseWatch[],
    private readonly fromUs: number | undefined,
  ) {
    this.rough = roughWords(watches.map(({ subject }) => subject));
    this.tallies = watches.map(({ id, subject }) => ({
      watchId: id,
      matches: mentionMatcher(subject),
      authors: { hourMs: 0, seen: new Set() },
    }));
    this.takenUs = fromUs;
  }

  /** Whether a raw message can matter at all. */
  isRoughly(raw: string): boolean {
    return this.rough?.test(raw) ?? false;
  }

  /** The stream has come this far. */
  pass(timeUs: number): void {
    this.takenUs ??= timeUs;
    this.passedUs = Math.max(this.passedUs ?? 0, timeUs);
  }

  add({ timeUs, author, text }: FirehosePost): void {
    if (this.fromUs !== undefined && timeUs <= this.fromUs) return;
    const hourMs = Math.floor(timeUs / US_PER_MS / HOUR_MS) * HOUR_MS;
    for (const tally of this.tallies)
      if (tally.matches(text) && this.isFirst(tally, author, hourMs)) this.count(tally.watchId, hourMs);
  }

  /** What is to be stored; forgotten here. Undefined when the stream has brought nothing since. */
  take(): Heard | undefined {
    const { takenUs, passedUs } = this;
    if (takenUs === undefined || passedUs === undefined || passedUs <= takenUs) return undefined;
    const heard = { cursorUs: passedUs, counts: [...this.counts.values()], covers: coversOf(takenUs, passedUs) };
    this.counts.clear();
    this.takenUs = passedUs;
    return heard;
  }

  private isFirst({ authors }: Tally, author: string, hourMs: number): boolean {
    if (authors.hourMs !== hourMs) {
      authors.hourMs = hourMs;
      authors.seen = new Set();
    }
    if (authors.seen.has(author)) return false;
    if (authors.seen.size < MAX_AUTHORS) authors.seen.add(author);
    return true;
  }

  private count(watchId: string, hourMs: number): void {
    const key = `${watchId}|${hourMs}`;
    const known = this.counts.get(key) ?? { watchId, hourAt: new Date(hourMs), count: 0 };
    this.counts.set(key, { ...known, count: known.count + 1 });
  }
}

/** The hours between two places of the stream and how much of each lies between. */
const coversOf = (fromUs: number, toUs: number): HourCover[] => {
  const covers: HourCover[] = [];
  const toMs = toUs / US_PER_MS;
  for (let atMs = fromUs / US_PER_MS; atMs < toMs && covers.length < MAX_HOURS;) {
    const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
    const endMs = Math.min(toMs, hourMs + HOUR_MS);
    covers.push({ hourAt: new Date(hourMs), seconds: (endMs - atMs) / 1_000 });
    atMs = endMs;
  }
  return covers;
};
