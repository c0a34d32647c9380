import type { QuotaUse } from '../../../accounts/domain/quotas.port.js';
import { PLATFORM_COUNT_KIND, REPORTED_KIND } from '../../../accounts/domain/quotas.port.js';
import {
  type QuotaHolder,
  type QuotaRules,
  type QuotaWindow,
  windowKey,
  windowsByMinute,
} from '../../../accounts/domain/quota.policy.js';
import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import type { FallbackLoad } from '../../../routing/domain/load-spread.policy.js';
import type { HourlyLoad } from './rehearsal.js';

/** What a fallback brings with it. */
export interface LedgerAccount {
  readonly holder: QuotaHolder;
  /** Use of the windows at the start, and caps the platform reported; empty where nothing is counted. */
  readonly usage: readonly QuotaUse[];
  /** Targets planned for itself by clock hour, from a week before the start. */
  readonly own: readonly { readonly hour: Date; readonly count: number }[];
  /** What it takes over already. */
  readonly load: FallbackLoad;
}

/**
 * What accounts have been given in a rehearsal: places in quotas, runs and posts, and work by the hour. It stands for
 * the rows that the real thing would write. Its size grows with accounts and hours, and with the posts of one gap.
 */
export class RehearsalLedger {
  private readonly accounts = new Map<string, LedgerAccount>();
  private readonly used = new Map<string, number>();
  private readonly windows: (holder: QuotaHolder, at: Date) => readonly QuotaWindow[];
  private readonly load = new Map<string, { own: number; extra: number }>();
  private readonly taken = new Map<string, Date[]>();
  private readonly runs = new Map<string, Date>();
  private readonly posts = new Map<string, Date>();

  /** @param samePostGapMs the same post goes to an account once within this, ms */
  constructor(
    rules: QuotaRules,
    private readonly start: Date,
    private readonly samePostGapMs: number,
  ) {
    this.windows = windowsByMinute(rules);
  }

  knows(accountId: string): boolean {
    return this.accounts.has(accountId);
  }

  /** Before its first target. Of its own work only days are counted in quotas: nobody knows the minute. */
  add(account: LedgerAccount): void {
    const { holder, usage, own, load } = account;
    this.accounts.set(holder.id, account);
    for (const window of this.windowsOf(account, this.start)) {
      const now = usage.find(({ scope, kind }) => scope === window.scope && kind === window.kind);
      this.used.set(windowKey(window), Math.max(now?.used ?? 0, this.used.get(windowKey(window)) ?? 0));
    }
    this.taken.set(holder.id, [...load.takenAt]);
    for (const { hour, count } of own) {
      this.load.set(loadKey(holder.id, hour), { own: count, extra: 0 });
      // What was due before has been counted, or is gone.
      if (hour < this.start) continue;
      for (const window of this.windowsOf(account, hour)) if (isLong(window)) this.take(window, count);
    }
  }

  /** Places an account has left at an instant; Infinity where nothing is counted. */
  leftAt(accountId: string, at: Date): number {
    const account = this.accounts.get(accountId);
    if (!account) return Infinity;
    if (account.usage.some((use) => isCap(use) && use.used >= use.limit && at < use.resetsAt)) return 0;
    const free = this.windowsOf(account, at).map(({ limit, ...window }) => {
      return limit - (this.used.get(windowKey(window)) ?? 0);
    });
    return Math.max(0, Math.min(Infinity, ...free));
  }

  /** What it carries at an instant; undefined where nobody counts. */
  loadAt(accountId: string, at: Date): FallbackLoad | undefined {
    const account = this.accounts.get(accountId);
    if (!account) return undefined;
    const hour = hourOf(at).getTime();
    const days = Array.from({ length: USUAL_DAYS + 1 }, (_, ago) => new Date(hour - ago * DAY_MS));
    const usualHour = Math.max(...days.map((day) => this.load.get(loadKey(accountId, day))?.own ?? 0));
    return { ...account.load, usualHour, takenAt: this.taken.get(accountId) ?? [] };
  }

  /** The same for several; one that nobody counts is left out and takes everything. */
  loadsAt(accountIds: readonly string[], at: Date): ReadonlyMap<string, FallbackLoad> {
    const found = new Map<string, FallbackLoad>();
    for (const id of accountIds) {
      const load = this.loadAt(id, at);
      if (load) found.set(id, load);
    }
    return found;
  }

  carriesRun(occurrenceId: string, accountId: string): boolean {
    return this.runs.has(`${occurrenceId}|${accountId}`);
  }

  hadPost(postId: string, accountId: string, at: Date): boolean {
    const last = this.posts.get(`${postId}|${accountId}`);
    return last !== undefined && at.getTime() - last.getTime() < this.samePostGapMs;
  }

  /** An account takes a target over. */
  give(target: { readonly postId: string; readonly occurrenceId: string }, accountId: string, at: Date): void {
    this.runs.set(`${target.occurrenceId}|${accountId}`, at);
    this.posts.set(`${target.postId}|${accountId}`, at);
    const hour = hourOf(at);
    this.noteTaken(accountId, at);
    const load = this.load.get(loadKey(accountId, hour)) ?? { own: 0, extra: 0 };
    this.load.set(loadKey(accountId, hour), { ...load, extra: load.extra + 1 });
    const account = this.accounts.get(accountId);
    for (const window of account ? this.windowsOf(account, at) : []) this.take(window, 1);
  }

  /** Forgets what lies further back than the gap between two copies of a post. @param at no target to come is earlier */
  forgetBefore(at: Date): void {
    for (const known of [this.runs, this.posts])
      for (const [key, last] of known) if (at.getTime() - last.getTime() > this.samePostGapMs) known.delete(key);
  }

  /** What accounts that took anything over would carry, by hour. */
  loads(): readonly HourlyLoad[] {
    const all = [...this.load].map(([key, { own, extra }]) => {
      const [accountId = '', ms] = key.split('|');
      return { accountId, hour: new Date(Number(ms)), own, extra };
    });
    const takers = new Set(all.filter(({ extra }) => extra > 0).map(({ accountId }) => accountId));
    return all.filter(({ accountId }) => takers.has(accountId));
  }

  /** None where a person posts: no call of ours is used. */
  private windowsOf({ holder, load }: LedgerAccount, at: Date): readonly QuotaWindow[] {
    return load.byHand ? [] : this.windows(holder, at);
  }

  /** In order, as the load wants them; what came more than a day before counts no more. */
  private noteTaken(accountId: string, at: Date): void {
    const before = (this.taken.get(accountId) ?? []).filter((one) => at.getTime() - one.getTime() < DAY_MS);
    const place = before.findLastIndex((one) => one <= at) + 1;
    this.taken.set(accountId, before.toSpliced(place, 0, at));
  }

  private take(window: QuotaWindow, count: number): void {
    const key = windowKey(window);
    this.used.set(key, (this.used.get(key) ?? 0) + count);
  }
}

/** As many days back as the real load looks. */
const USUAL_DAYS = 7;
const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
const loadKey = (accountId: string, hour: Date): string => `${accountId}|${hour.getTime()}`;
const isLong = ({ windowStart, resetsAt }: QuotaWindow): boolean =>
  resetsAt.getTime() - windowStart.getTime() > HOUR_MS;
const isCap = ({ kind }: QuotaUse): boolean => kind === REPORTED_KIND || kind === PLATFORM_COUNT_KIND;
