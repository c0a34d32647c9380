import { Injectable, Logger } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { scaledMs } from '../../../kernel/durations.js';
import type { Platform } from '../../../platforms/domain/platform.port.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { type LookDue, type LookResult, MetricLooks } from '../../domain/metrics/metric-looks.port.js';
import { type LookOutcome, resultOf } from '../../domain/metrics/look-result.js';
import { readCostOf } from '../../domain/metrics/read-budget.js';
import { Engine } from '../engine.js';
import { PlatformAccess } from '../firing/platform-access.js';
import { PlatformTrouble } from './platform-trouble.js';

/** All calls of one account's turn. */
const READ_TIMEOUT_MS = 60_000;

type Outcomes = ReadonlyMap<string, LookOutcome>;

/** Where the accounts of looks are at home. */
export interface Homes {
  /** By account; one that is gone has none. */
  readonly regions: ReadonlyMap<string, string>;
  /** Targets whose platform is not well there: their counters may stand still. */
  readonly suspects: ReadonlySet<string>;
}

/** Asks one account's platform for the counters of its due posts, within the budgets for reading. */
@Injectable()
export class ReadCounters {
  private readonly logger = new Logger('Metrics');

  constructor(
    private readonly looks: MetricLooks,
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly accounts: AccountDirectory,
    private readonly health: PlatformTrouble,
    private readonly engine: Engine,
  ) {}

  async homes(due: readonly LookDue[]): Promise<Homes> {
    const accounts = await this.accounts.findMany([...new Set(due.map(({ accountId }) => accountId))]);
    const regions = new Map(accounts.map(({ id, region }) => [id as string, region]));
    return { regions, suspects: await this.health.amongst(due, (look) => regions.get(look.accountId) ?? '') };
  }

  /** @param due looks of one account */
  async execute(due: readonly LookDue[], suspects: ReadonlySet<string>): Promise<readonly LookResult[]> {
    const ids = due.flatMap(({ platformPostId }) => platformPostId ?? []);
    const outcomes = await this.ask(due[0], ids).catch((error: unknown) => this.broken(ids, error));
    const now = this.engine.now();
    const { scale } = this.engine.settings.timing;
    return due.map((look) => {
      const outcome = outcomes.get(look.platformPostId ?? '') ?? { kind: 'no_data' as const };
      return resultOf(look, outcome, { now, scale, suspect: suspects.has(look.targetId) });
    });
  }

  private async ask(one: LookDue | undefined, ids: readonly string[]): Promise<Outcomes> {
    if (!one || ids.length === 0) return new Map();
    const platform = this.platforms.get(one.platform);
    if (platform.metricsPerCall === 0) return new Map();
    const refusedUntil = await this.overBudget(platform, one.accountId, ids.length);
    if (refusedUntil) return all(ids, { kind: 'throttled', scope: 'app', retryAt: refusedUntil });
    const context = await this.access.contextOf(one.accountId, AbortSignal.timeout(READ_TIMEOUT_MS));
    if (!context) return all(ids, { kind: 'unauthorised', reconnect: true });
    const read = await platform.metricsOf(context, ids);
    const isStale = [...read.values()].some(({ kind }) => kind === 'unauthorised');
    const renewed = isStale ? await this.access.renewed(context) : undefined;
    return renewed ? platform.metricsOf(renewed, ids) : read;
  }

  /** An adapter that throws is our bug: the look comes later, and nobody is blamed. */
  private broken(ids: readonly string[], error: unknown): Outcomes {
    this.logger.error({ err: error }, 'Reading counters threw; it counts for nothing');
    return all(ids, { kind: 'broken' });
  }

  /** Every budget of the platform in turn; what an earlier one granted stays spent when a later one refuses. */
  private async overBudget(platform: Platform, accountId: string, posts: number): Promise<Date | undefined> {
    const { callsPerRead, budgets } = readCostOf(platform.name);
    const calls = callsPerRead * Math.ceil(posts / platform.metricsPerCall);
    for (const { scope, calls: limit, windowMs } of budgets) {
      const scopeId = scope === 'app' ? `app:${platform.name}` : accountId;
      const window = scaledMs(windowMs, this.engine.settings.timing.scale);
      // A turn larger than the whole budget takes the whole budget.
      const until = await this.looks.takeCalls({ scopeId, calls: Math.min(calls, limit), limit, windowMs: window });
      if (until) return until;
    }
    return undefined;
  }
}

const all = (ids: readonly string[], outcome: LookOutcome): Outcomes => new Map(ids.map((id) => [id, outcome]));
