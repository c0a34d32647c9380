import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { PlatformCapabilities } from '../../platforms/domain/platform.port.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../platforms/index.js';
import type { Chart, ChartLimits } from '../domain/chart.js';
import { limitsOf } from '../domain/chart-levels.js';
import { CHART_NAMES, type ChartName } from '../domain/detector-config.js';
import { type DetectorState, revive } from '../domain/detector-state.js';
import { Feeds, type KnownFeed } from '../domain/feeds/feeds.port.js';
import { type HealthState, type PlatformState, worseOf } from '../domain/health-state.js';
import { HealthSnapshots, type StoredTransition } from '../domain/health-snapshot.port.js';
import type { HealthCapability } from '../domain/signal.js';
import { HealthSettings } from '../health-settings.js';
import { HealthView } from './health-view.js';

const LAST_TRANSITIONS = 20;
const MAX_FEEDS = 100;

export interface RegionState {
  readonly region: string;
  readonly state: PlatformState;
  /** Whether its counters can be believed: a badge, no post is moved by it. */
  readonly counters: PlatformState;
}

/** One platform: what it can do and how it does. */
export interface PlatformOverview {
  readonly capabilities: PlatformCapabilities;
  /** The worst of its regions. */
  readonly state: HealthState;
  readonly regions: readonly RegionState[];
}

/** What was measured for one capability, with the evidence as it stands. */
export interface CapabilityHealth {
  readonly capability: HealthCapability;
  readonly state: HealthState;
  readonly since: Date;
  readonly reason: string;
  readonly statistic: {
    readonly charts: Readonly<Record<ChartName, Chart & { readonly limits: ChartLimits }>>;
    readonly dwellUntil?: string;
  };
}

export interface PlatformHealth {
  readonly platform: PlatformName;
  readonly regions: readonly (RegionState & { readonly capabilities: readonly CapabilityHealth[] })[];
  readonly transitions: readonly StoredTransition[];
  /** Pages of others that speak about it: advisory only. */
  readonly feeds: readonly KnownFeed[];
  /** When this was read; decides which bad news is still evidence. */
  readonly at: Date;
}

/** Platforms as people look at them. */
@Injectable()
export class ReadPlatforms {
  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly view: HealthView,
    private readonly snapshots: HealthSnapshots,
    private readonly settings: HealthSettings,
    private readonly feeds: Feeds,
    private readonly clock: Clock,
  ) {}

  async list(workspaceId: WorkspaceId): Promise<PlatformOverview[]> {
    await this.view.refresh();
    return this.platforms.all().map((platform) => {
      const regions = this.regionsOf(platform.name, workspaceId);
      const state = regions.map((region) => region.state.state).reduce(worseOf, 'healthy');
      return { capabilities: platform.capabilities(), state, regions };
    });
  }

  /** @throws DomainError `platform.unknown` */
  async health(workspaceId: WorkspaceId, name: PlatformName): Promise<PlatformHealth> {
    const { name: platform } = this.platforms.get(name);
    await this.view.refresh();
    const detectors = await this.snapshots.detectorsOf(platform);
    const regions = this.regionsOf(platform, workspaceId).map((row) => ({
      ...row,
      capabilities: detectors
        .filter(({ region }) => region === row.region)
        .map(({ capability, detector }) => this.capabilityOf(capability, detector)),
    }));
    const transitions = await this.snapshots.transitionsOf({ platform }, LAST_TRANSITIONS);
    const feeds = await this.feeds.list({ platform, limit: MAX_FEEDS });
    return { platform, regions, transitions, feeds, at: this.clock.now() };
  }

  private regionsOf(platform: PlatformName, workspaceId: WorkspaceId): RegionState[] {
    return this.view.regionsOf(platform).map((region) => ({
      region,
      state: this.view.stateOf(platform, region, workspaceId),
      counters: this.view.measuredState(platform, region, 'counters'),
    }));
  }

  private capabilityOf(capability: HealthCapability, stored: DetectorState): CapabilityHealth {
    const detector = revive(this.settings.detector, new Date(stored.sinceMs), stored);
    const { state, sinceMs, reason, charts, dwellUntilMs } = detector;
    const withLimits = CHART_NAMES.map((name) => [
      name,
      { ...charts[name], limits: limitsOf(this.settings.detector, name, detector) },
    ]);
    const statistic = {
      charts: Object.fromEntries(withLimits) as CapabilityHealth['statistic']['charts'],
      ...(dwellUntilMs > 0 ? { dwellUntil: new Date(dwellUntilMs).toISOString() } : {}),
    };
    return { capability, state, since: new Date(sinceMs), reason, statistic };
  }
}
