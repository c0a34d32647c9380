import type { FirehosePost } from './firehose-event.js';
import { coversBetween, type HourCover, hourOf } from './hour-cover.js';
import { type MentionMatcher, mentionMatcher, roughWords } from './mention-matcher.js';
import type { MentionsSubject } from './radar-watch.js';

const US_PER_MS = 1_000;
/** Authors remembered per watch and hour; a crowd beyond it is counted by posts, which then is the least of our worries. */
const MAX_AUTHORS = 20_000;

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
    const hourMs = hourOf(timeUs / US_PER_MS).getTime();
    for (const tally of this.tallies)
      if (tally.matches(text) && this.isFirst(tally, author, hourMs)) this.count(tally.watchId, hourMs);
  }

  /** What is to be stored; forgotten here. Undefined when the stream has brought nothing since. */
  take(): Heard | undefined {
    const { takenUs, passedUs } = this;
    if (takenUs === undefined || passedUs === undefined || passedUs <= takenUs) return undefined;
    const heard = {
      cursorUs: passedUs,
      counts: [...this.counts.values()],
      covers: coversBetween(takenUs / US_PER_MS, passedUs / US_PER_MS),
    };
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
