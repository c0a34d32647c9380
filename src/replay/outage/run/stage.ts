import { Draws } from '../../domain/draws.js';
import { EventQueue } from '../../domain/event-queue.js';
import { msOf } from '../trace/behaviour.js';
import type { OutageTrace } from '../trace/trace.js';
import { Truth } from '../trace/truth.js';
import { DrawBook } from '../world/draw-book.js';
import { Observations } from '../world/observations.js';
import { PlatformWorld } from '../world/platform-world.js';
import { ProbeDesk } from '../world/probe-desk.js';
import { Roster } from '../world/roster.js';
import { type PlannedPost, workloadOf } from '../world/workload.js';
import { RunRecord } from './record.js';

/** One run of one policy: the clock, the platforms with their fate, and what is written down for the scores. */
export class Stage {
  /** Ms since the trace's start. */
  nowMs = 0;
  readonly queue = new EventQueue();
  readonly roster: Roster;
  readonly truth: Truth;
  readonly draws: DrawBook;
  readonly world: PlatformWorld;
  readonly probes: ProbeDesk;
  readonly observations = new Observations();
  readonly record = new RunRecord();
  readonly posts: readonly PlannedPost[];
  /** Every platform region in which somebody publishes. */
  readonly places: readonly { readonly platform: string; readonly region: string }[];
  readonly endMs: number;
  private readonly startMs: number;
  private known = { ms: NaN, date: new Date(NaN) };

  constructor(
    readonly trace: OutageTrace,
    readonly seed: number,
  ) {
    this.draws = new DrawBook(new Draws(seed));
    this.roster = new Roster(trace);
    this.truth = new Truth(trace);
    this.world = new PlatformWorld(trace, this.roster, this.draws);
    this.probes = new ProbeDesk(this.world, this.draws);
    this.posts = workloadOf(trace, this.roster, this.draws);
    this.endMs = msOf(trace.durationMinutes);
    const seen = this.roster.all.map(
      ({ platform, region }) => [`${platform}|${region}`, { platform, region }] as const,
    );
    this.places = [...new Map(seen).values()];
    this.startMs = Date.parse(trace.start);
  }

  /** One object for an instant: much happens at each. */
  now(): Date {
    if (this.known.ms !== this.nowMs) this.known = { ms: this.nowMs, date: this.dateAt(this.nowMs) };
    return this.known.date;
  }

  dateAt(ms: number): Date {
    return new Date(this.startMs + ms);
  }

  msOf(date: Date): number {
    return date.getTime() - this.startMs;
  }

  at(atMs: number, run: () => void): void {
    this.queue.add(Math.max(this.nowMs, atMs), run);
  }

  after(ms: number, run: () => void): void {
    this.at(this.nowMs + ms, run);
  }
}
