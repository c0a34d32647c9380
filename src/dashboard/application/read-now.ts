import { Injectable } from '@nestjs/common';
import { HealthView, Incidents } from '../../health/index.js';
import { HEALTH_CAPABILITIES } from '../../health/domain/signal.js';
import { Clock } from '../../kernel/clock.port.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { PlatformRegistry } from '../../platforms/index.js';
import { Workspaces } from '../../workspaces/index.js';
import {
  type NowAccount,
  type NowBoard,
  type NowList,
  type NowPlatform,
  type NowRegion,
  type NowTargets,
} from '../domain/now.js';
import { NowReader } from '../domain/now-reader.port.js';
import { openSlotsOf } from '../domain/open-slots.js';

/** More are open only when the world ends. */
const MOST_INCIDENTS = 200;

/** What the reader may see beside targets. */
export interface NowView {
  readonly workspaceId: WorkspaceId;
  readonly health: boolean;
  readonly accounts: boolean;
  readonly audience: boolean;
}

/** One answer for who opens the dashboard at three in the morning. */
@Injectable()
export class ReadNow {
  constructor(
    private readonly reader: NowReader,
    private readonly workspaces: Workspaces,
    private readonly view: HealthView,
    private readonly incidents: Incidents,
    private readonly platforms: PlatformRegistry,
    private readonly clock: Clock,
  ) {}

  async execute(see: NowView): Promise<NowBoard> {
    const { workspaceId } = see;
    const { timeZone: timezone } = await this.workspaces.get(workspaceId);
    const at = this.clock.now();
    const [lists, queues, accounts, quotas, broadcasts] = await Promise.all([
      this.lists(workspaceId, timezone),
      this.reader.queues(workspaceId),
      this.reader.accounts(workspaceId),
      see.accounts ? this.reader.quotas(workspaceId) : undefined,
      see.audience ? this.reader.broadcasts(workspaceId) : undefined,
    ]);
    return {
      ...{ at, timezone, ...lists, openSlots: openSlotsOf(queues, at) },
      ...(see.health ? await this.health(workspaceId, accounts) : {}),
      ...(see.accounts ? { reconnect: accounts.filter(({ status }) => status === 'needs_reconnect') } : {}),
      ...(quotas && { quotas }),
      ...(broadcasts && { broadcasts }),
    };
  }

  private async lists(workspaceId: WorkspaceId, zone: string): Promise<Readonly<Record<NowList, NowTargets>>> {
    const [counts, rows] = await Promise.all([
      this.reader.counts(workspaceId, zone),
      this.reader.targets(workspaceId, zone),
    ]);
    const listOf = (name: NowList): NowTargets => {
      const items = rows.filter(({ list }) => list === name);
      // Read one after the other: a list is never said to be shorter than what is shown of it.
      return { count: Math.max(counts[name], items.length), items };
    };
    return {
      due: listOf('due'),
      held: listOf('held'),
      rerouted: listOf('rerouted'),
      unconfirmed: listOf('unconfirmed'),
      needsDecision: listOf('needsDecision'),
      failedToday: listOf('failedToday'),
    };
  }

  private async health(workspaceId: WorkspaceId, accounts: readonly NowAccount[]) {
    const [open] = await Promise.all([
      this.incidents.list({ isOpen: true, limit: MOST_INCIDENTS }),
      this.view.refresh(),
    ]);
    const places = Map.groupBy(accounts, ({ platform }) => platform);
    const isHere = (platform: string, region: string): boolean =>
      accounts.some((account) => account.platform === platform && account.region === region);
    const platforms: NowPlatform[] = [...places.keys()].sort().map((platform) => ({
      platform,
      displayName: this.platforms.get(platform).capabilities().displayName,
      regions: this.regionsOf(workspaceId, places.get(platform) ?? []),
    }));
    return { platforms, incidents: open.filter(({ platform, region }) => isHere(platform, region)) };
  }

  private regionsOf(workspaceId: WorkspaceId, accounts: readonly NowAccount[]): NowRegion[] {
    const regions = Map.groupBy(accounts, ({ region }) => region);
    return [...regions].sort().map(([region, here]) => {
      const platform = here[0]?.platform ?? '';
      return {
        ...this.view.stateOf(platform, region, workspaceId),
        region,
        accounts: here.length,
        capabilities: HEALTH_CAPABILITIES.map((capability) => {
          const { state, since, reason } = this.view.measuredState(platform, region, capability);
          return { capability, state, since, reason };
        }),
      };
    });
  }
}
