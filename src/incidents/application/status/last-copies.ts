import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import { statusAway } from '../../domain/status/status.errors.js';
import { KeptCopies, StatusFacts } from '../../domain/status/status.ports.js';
import type { StatusSnapshot } from '../../domain/status/status-snapshot.js';

/** So long a copy in memory is as good as the tables. */
const FRESH_MS = 3 * SECOND_MS;
/** With a copy at hand nobody waits longer for a new one; without one, there is nothing better to do. */
const PATIENCE_MS = SECOND_MS;
const PATIENCE_WITHOUT_COPY_MS = 5 * SECOND_MS;
/** A database that is away is asked once in so long, not by every visitor. */
const ASK_AGAIN_MS = 2 * SECOND_MS;
/** A file need not be newer than this. */
const FILE_EVERY_MS = MINUTE_MS;
/** Some kB each; the one read longest ago goes first, and is found on disk again. */
const MAX_IN_MEMORY = 500;

interface Kept {
  readonly snapshot: StatusSnapshot;
  readonly readAtMs: number;
  readonly filedAtMs: number;
}

/** What visitors are shown: of now, or the last copy when the tables cannot be read. */
export interface TakenCopy {
  readonly snapshot: StatusSnapshot;
  readonly isLastCopy: boolean;
}

type Answer = 'late' | 'away' | { readonly snapshot: StatusSnapshot | undefined };

/**
 * The public pages' facts, read at most once in three seconds however many look, and told from the last copy, in memory
 * or on disk, while the database is away.
 */
@Injectable()
export class LastCopies {
  private readonly logger = new Logger('StatusPages');
  private readonly kept = new Map<string, Kept>();
  private readonly reading = new Map<string, Promise<Answer>>();
  private awayUntilMs = -Infinity;
  /** Replaced in tests. */
  patienceMs = { withCopy: PATIENCE_MS, without: PATIENCE_WITHOUT_COPY_MS };

  constructor(
    private readonly facts: StatusFacts,
    private readonly disk: KeptCopies,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns undefined: there is no such page
   * @throws DomainError `status_page.unavailable` when there is no copy and the tables cannot be read
   */
  async take(slug: string): Promise<TakenCopy | undefined> {
    const kept = this.kept.get(slug);
    if (kept && this.nowMs() - kept.readAtMs < FRESH_MS) return { snapshot: kept.snapshot, isLastCopy: false };
    const copy = kept?.snapshot ?? (await this.disk.load(slug));
    const answer = await this.readWithin(slug, copy ? this.patienceMs.withCopy : this.patienceMs.without);
    if (typeof answer === 'object') return answer.snapshot && { snapshot: answer.snapshot, isLastCopy: false };
    if (!copy) throw statusAway();
    return { snapshot: copy, isLastCopy: true };
  }

  /** Reads the page again, unless that was done within `maxAgeMs`; a failure leaves the copy as it is. */
  async keepFresh(slug: string, maxAgeMs: number): Promise<void> {
    const kept = this.kept.get(slug);
    if (!kept || this.nowMs() - kept.readAtMs >= maxAgeMs) await this.read(slug);
  }

  private async readWithin(slug: string, patienceMs: number): Promise<Answer> {
    if (this.nowMs() < this.awayUntilMs) return 'away';
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Answer>((resolve) => (timer = setTimeout(resolve, patienceMs, 'late')));
    try {
      return await Promise.race([this.read(slug), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Those who ask while it is being read get the same answer. */
  private read(slug: string): Promise<Answer> {
    const underWay = this.reading.get(slug);
    if (underWay) return underWay;
    const reading = this.readNow(slug).finally(() => this.reading.delete(slug));
    this.reading.set(slug, reading);
    return reading;
  }

  private async readNow(slug: string): Promise<Answer> {
    try {
      const snapshot = await this.facts.read(slug);
      this.awayUntilMs = -Infinity;
      await (snapshot ? this.keep(snapshot) : this.forget(slug));
      return { snapshot };
    } catch (error) {
      if (this.awayUntilMs === -Infinity) this.logger.warn({ err: error }, 'Status pages show their last copies');
      this.awayUntilMs = this.nowMs() + ASK_AGAIN_MS;
      return 'away';
    }
  }

  private async keep(snapshot: StatusSnapshot): Promise<void> {
    const { slug } = snapshot;
    const now = this.nowMs();
    const filedAtMs = this.kept.get(slug)?.filedAtMs ?? -Infinity;
    const isFiled = now - filedAtMs < FILE_EVERY_MS;
    this.kept.delete(slug);
    this.kept.set(slug, { snapshot, readAtMs: now, filedAtMs: isFiled ? filedAtMs : now });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_IN_MEMORY && oldest !== undefined) this.kept.delete(oldest);
    if (!isFiled) await this.disk.save(snapshot);
  }

  private async forget(slug: string): Promise<void> {
    this.kept.delete(slug);
    await this.disk.drop(slug);
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
